/**
 * The client runtime: documents that are edited here and kept in step with a server. Entry type:
 * {@link dev.collab.client.CollabClient}. All state of a client is confined to one serial executor;
 * its listeners are called there too.
 */
package dev.collab.client;
