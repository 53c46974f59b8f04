/**
 * What goes over a connection: the messages of clients and servers, and the strict, bounded codec
 * between them and JSON text. The contract is {@code docs/protocol.md}; the entry type is {@link
 * dev.collab.protocol.JsonCodec}. Everything here is immutable.
 *
 * <p>Messages name things as the wire does, with strings for collections, documents and clients and
 * {@code long} for versions and sequence numbers, because the id on the wire is not the {@code
 * ClientId} of the log: for a connection's own operations it is the secret of the handshake.
 */
package dev.collab.protocol;
