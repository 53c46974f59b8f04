package dev.collab.client;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.Presence;
import dev.collab.protocol.PresenceBase;
import dev.collab.value.JsonValue;
import java.util.Optional;

/**
 * Where what is shown belongs, and how it moves.
 *
 * <p>Confined: callers must serialise calls.
 */
interface Place {

  /** A place that does not move. */
  Place NOWHERE =
      new Place() {

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public Optional<PresenceBase> base() {
          return Optional.empty();
        }

        @Override
        public long revision() {
          return Presence.NO_REVISION;
        }

        @Override
        public void check(JsonValue value) {}

        @Override
        public Optional<JsonValue> forward(JsonValue value, String source, long from) {
          return Optional.of(value);
        }

        @Override
        public JsonValue toView(JsonValue value) {
          return value;
        }
      };

  /** Tells whether what is shown here can be told at a revision of the server's. */
  boolean isReady();

  /** Returns what the value belongs to. Asked only when ready. */
  Optional<PresenceBase> base();

  /** Returns the revision up to which the document is here. */
  long revision();

  /**
   * Checks the form of a value that is to be shown here.
   *
   * @throws InvalidOperationException if it has no place here
   */
  void check(JsonValue value);

  /**
   * Moves a value to the revision that is here.
   *
   * @return the value, or empty if what happened in between is not known any more
   */
  Optional<JsonValue> forward(JsonValue value, String source, long from);

  /** Moves a value over the edits made here that the server does not have yet. */
  JsonValue toView(JsonValue value);
}
