/** The Java client runtime. */
@org.jspecify.annotations.NullMarked
module dev.collab.client {
  requires static org.jspecify;
  requires transitive dev.collab.core;
  requires transitive dev.collab.protocol;
  requires transitive dev.collab.transport;

  exports dev.collab.client;
}
