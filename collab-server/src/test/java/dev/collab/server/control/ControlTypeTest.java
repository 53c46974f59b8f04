package dev.collab.server.control;

import static dev.collab.server.control.ControlType.CONTROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.operation.InvalidOperationException;
import dev.collab.server.access.Resource;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlTypeTest {

  private static final ControlEvent KICK =
      ControlEvent.kick(new Target.OfPrincipal("eve"), "be gone");

  private static final List<ControlEvent> ALL =
      List.of(
          KICK,
          ControlEvent.kick(new Target.OfClient(new ClientId("c1")), ""),
          ControlEvent.permissionsChanged(new Target.OfPrincipal("")),
          ControlEvent.permissionsChanged(
              new Target.OfResource(new Resource.Document(new DocumentId("c", "d")))),
          ControlEvent.permissionsChanged(new Target.OfResource(new Resource.Room("r"))),
          ControlEvent.permissionsChanged(new Target.OfResource(new Resource.Channel("ch"))));

  @Test
  void decode_ofWhatWasEncoded_isTheSame() {
    ControlOperation operation = new ControlOperation(ALL);
    assertThat(CONTROL.decodeOperation(CONTROL.encodeOperation(operation))).isEqualTo(operation);
    ControlState state = CONTROL.apply(ControlState.NONE, operation);
    assertThat(CONTROL.create(CONTROL.encodeState(state))).isEqualTo(state);
  }

  @Test
  void encode_hasTheFormOfTheContract() {
    List<JsonValue> events =
        List.of(
            object("event", "kick", "principal", "eve", "reason", "be gone"),
            object("event", "kick", "client", "c1"),
            object("event", "permissions", "principal", ""),
            object("event", "permissions", "c", "c", "d", "d"),
            object("event", "permissions", "r", "r"),
            object("event", "permissions", "ch", "ch"));
    ControlOperation operation = new ControlOperation(ALL);
    assertThat(CONTROL.encodeOperation(operation)).isEqualTo(new JsonArray(events));
    assertThat(CONTROL.encodeState(CONTROL.apply(ControlState.NONE, operation)))
        .isEqualTo(
            new JsonObject(Map.of("count", JsonValue.of(6.0), "newest", new JsonArray(events))));
    assertThat(CONTROL.encodeOperation(CONTROL.invert(operation, ControlState.NONE)))
        .isEqualTo(JsonValue.array());
  }

  private static JsonObject object(String... namesAndValues) {
    Map<String, JsonValue> members = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], JsonValue.of(namesAndValues[i + 1]));
    }
    return new JsonObject(members);
  }

  @Test
  void decode_ofWhatIsNoEvent_isRefused() {
    for (JsonValue value :
        List.of(
            JsonValue.of("kick"),
            JsonValue.array(JsonValue.of(1)),
            JsonValue.array(JsonValue.object("event", JsonValue.of("shout"))),
            JsonValue.array(JsonValue.object("event", JsonValue.of("kick"))))) {
      assertThatThrownBy(() -> CONTROL.decodeOperation(value))
          .isInstanceOf(InvalidOperationException.class);
    }
  }

  @Test
  void since_tellsWhatWasMissedAsFarAsItIsKept() {
    ControlState state = ControlState.NONE;
    for (int i = 0; i < 300; i++) {
      state = state.with(List.of(KICK));
    }
    assertThat(state.since(300)).hasValueSatisfying(missed -> assertThat(missed).isEmpty());
    assertThat(state.since(44)).hasValueSatisfying(missed -> assertThat(missed).hasSize(256));
    assertThat(state.since(43)).isEmpty();
    assertThat(state.since(301)).isEmpty();
  }

  @Test
  void compose_isTheSameAsOneBehindTheOther() {
    List<ControlEvent> rest = new ArrayList<>(ALL.subList(1, ALL.size()));
    ControlOperation first = new ControlOperation(List.of(KICK));
    ControlOperation second = new ControlOperation(rest);
    assertThat(CONTROL.apply(ControlState.NONE, CONTROL.compose(first, second)))
        .isEqualTo(CONTROL.apply(CONTROL.apply(ControlState.NONE, first), second));
  }
}
