/** Wire messages and their JSON codec. */
@org.jspecify.annotations.NullMarked
module dev.collab.protocol {
  requires transitive dev.collab.core;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports dev.collab.protocol;
}
