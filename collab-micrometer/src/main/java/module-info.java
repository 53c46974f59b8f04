/** The numbers of a server as Micrometer's meters. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-transitive-automatic") // Micrometer has names for its modules, no more
module dev.collab.micrometer {
  requires static org.jspecify;
  requires transitive dev.collab.server;
  requires transitive micrometer.core;

  exports dev.collab.micrometer;
}
