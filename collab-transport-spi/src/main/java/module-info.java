/** What an adapter implements to carry frames or to keep logs for Collab; JDK only. */
@org.jspecify.annotations.NullMarked
module dev.collab.transport {
  requires static org.jspecify;

  exports dev.collab.coordinator;
  exports dev.collab.transport;
}
