package dev.collab.simulation;

import dev.collab.coordinator.Coordinator;
import dev.collab.operation.OperationType;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.util.List;

/**
 * What a world is made of where it may be made badly on purpose, to see whether that is noticed.
 * The defaults are sound.
 */
interface Variant {

  /** Everything as it should be. */
  Variant SOUND = new Variant() {};

  /** The same, whatever is said about company: people show each other where they are. */
  Variant IN_COMPANY =
      new Variant() {
        @Override
        public boolean company() {
          return true;
        }
      };

  /** The same, whatever is said about chat: people talk in every world. */
  Variant TALKING =
      new Variant() {
        @Override
        public int talk() {
          return 1;
        }
      };

  /** Returns the coordinator that the nodes see. */
  default Coordinator coordinator(Coordinator sound, VirtualTime time) {
    return sound;
  }

  /** Tells whether there are worlds in which people show each other where they are. */
  default boolean company() {
    return !"false".equals(System.getProperty("collab.simulation.company"));
  }

  /** Returns in one of how many worlds people talk in a room, 0 if in none. */
  default int talk() {
    return Integer.getInteger("collab.simulation.chat", 8);
  }

  /** Returns the type that the nodes use. */
  default OperationType<Text, TextOperation> serverType() {
    return TextType.TEXT;
  }

  /** Returns the type that a client uses. */
  default OperationType<Text, TextOperation> clientType(int client) {
    return TextType.TEXT;
  }

  /** Returns what happens to the frames of a client. */
  default Wire wire(int client) {
    return new Wire() {};
  }

  /** What happens to the frames of one client on their way. */
  interface Wire {

    /** Returns what arrives at the server. */
    default List<String> toServer(String frame) {
      return List.of(frame);
    }

    /** Returns what arrives at the client. */
    default List<String> toClient(String frame) {
      return List.of(frame);
    }

    /** A new connection is opened. */
    default void reconnected() {}
  }
}
