/**
 * Who may do what, and how much of it. Entry type: {@link dev.collab.server.access.ServerLimits}.
 * Everything here is given to a server when it is set up; nothing here knows a connection.
 */
package dev.collab.server.access;
