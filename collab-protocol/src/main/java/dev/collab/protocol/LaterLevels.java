package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;

/**
 * The rules for actions that the protocol knows and this server does not offer. They are checked
 * all the same, so that a malformed request gets the same answer here as from a server that offers
 * them.
 */
final class LaterLevels {

  private LaterLevels() {}

  /** Checks a request; returns only if its action is known and its form is right. */
  static void check(String action, Members members) {
    switch (action) {
      case "nf" -> {
        checkDocument(members);
        members.optionalInteger("v");
      }
      case "nt" -> {
        checkDocument(members);
        checkNumberOrNull(members, "ts");
      }
      case "qf", "qs" -> {
        checkNumber(members, "id");
        members.name("c");
        checkResults(members);
      }
      case "qu" -> checkNumber(members, "id");
      default -> throw Members.badlyFormed("the action is unknown");
    }
  }

  private static void checkDocument(Members members) {
    members.name("c");
    members.name("d");
    checkNumber(members, "id");
  }

  private static void checkNumber(Members members, String member) {
    if (!(members.required(member) instanceof JsonNumber)) {
      throw Members.badlyFormed("member " + member + " is not a number");
    }
  }

  private static void checkNumberOrNull(Members members, String member) {
    if (!members.isAbsentOrNull(member)) {
      checkNumber(members, member);
    }
  }

  /** Checks what a client that had subscribed before says it has: pairs of id and version. */
  private static void checkResults(Members members) {
    if (!members.has("r")) {
      return;
    }
    for (JsonValue result : members.array("r").elements()) {
      if (!(result instanceof JsonArray pair)
          || pair.elements().size() != 2
          || !(pair.elements().get(0) instanceof JsonValue.JsonString id)) {
        throw Members.badlyFormed("an element of r is not a pair of id and version");
      }
      members.checkName("an id in r", id.value());
      if (pair.elements().get(1) != JsonValue.NULL) {
        Members.integer("a version in r", pair.elements().get(1));
      }
    }
  }
}
