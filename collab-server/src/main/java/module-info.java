/** The embeddable server runtime. */
@org.jspecify.annotations.NullMarked
module dev.collab.server {
  requires static jdk.jfr;
  requires static org.jspecify;
  requires transitive dev.collab.core;
  requires transitive dev.collab.protocol;
  requires transitive dev.collab.transport;

  exports dev.collab.server;
  exports dev.collab.server.access;
  exports dev.collab.server.observe;
}
