/**
 * What an operator sees of a server. Entry type: {@link dev.collab.server.observe.ServerListener},
 * which is told of what happens. Everything handed out is a value; listeners are called on the
 * threads of the server and never under a lock.
 */
package dev.collab.server.observe;
