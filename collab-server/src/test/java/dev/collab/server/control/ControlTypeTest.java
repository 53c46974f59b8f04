package dev.collab.server.control;

import static dev.collab.server.control.ControlType.CONTROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.operation.InvalidOperationException;
import dev.collab.server.access.Resource;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
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
