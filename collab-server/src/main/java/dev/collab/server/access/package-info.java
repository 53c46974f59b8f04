/**
 * Who may do what, and how much of it: {@link dev.collab.server.access.Authenticator}, {@link
 * dev.collab.server.access.AccessPolicy}, {@link dev.collab.server.access.Interceptor} and {@link
 * dev.collab.server.access.ServerLimits}. Everything here is given to a server when it is set up;
 * nothing here knows a connection.
 */
package dev.collab.server.access;
