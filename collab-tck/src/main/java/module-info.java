/** Conformance kits: what an implementation of the SPI must do, as tests that name their rules. */
@org.jspecify.annotations.NullMarked
module dev.collab.tck {
  requires static org.jspecify;
  requires transitive dev.collab.transport;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports dev.collab.tck;
}
