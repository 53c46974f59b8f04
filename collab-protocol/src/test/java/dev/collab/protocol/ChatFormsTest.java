package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatView;
import dev.collab.chat.ChatWire;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the protocol takes for an event, a message or a room is one for the rooms, too. */
class ChatFormsTest {

  private final JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  static Stream<String> submissions() {
    return Golden.lines("wire/client.jsonl").stream().filter(line -> line.contains("\"a\":\"cp\""));
  }

  static Stream<String> notices() {
    return Golden.lines("wire/server.jsonl").stream()
        .filter(line -> line.matches("\\{\"a\":\"(cp|ce|cs|ch)\".*"));
  }

  @ParameterizedTest
  @MethodSource("submissions")
  void submission_ofTheGoldenFrames_isAnEvent(String frame) {
    ChatSubmitRequest request = (ChatSubmitRequest) codec.decodeClientFrame(frame).get(0);

    ChatEvent event = ChatWire.readEvent(request.event());

    assertThat(ChatWire.readEvent(ChatWire.event(event))).isEqualTo(event);
    assertThat(ChatSubmitRequest.of("r", 1, ChatWire.event(event)).event())
        .isEqualTo(request.event());
  }

  @ParameterizedTest
  @MethodSource("notices")
  void notice_ofTheGoldenFrames_isUnderstood(String frame) {
    ServerMessage message = codec.decodeServerFrame(frame).get(0);
    if (message instanceof ChatNotice.Event notice) {
      ChatChanges changes = ChatWire.readChanges(notice.event());
      assertThat(ChatWire.changes(changes)).isEqualTo(notice.event());
    } else if (message instanceof ChatNotice.Acknowledged notice) {
      ChatChanges changes = ChatWire.readChanges(notice.event());
      assertThat(ChatWire.changes(changes)).isEqualTo(notice.event());
    } else if (message instanceof ChatNotice.State notice) {
      ChatView view = ChatWire.readView(notice.version(), notice.state(), notice.messages());
      assertThat(view.version()).isEqualTo(notice.version());
      assertThat(ChatWire.messages(view.messages())).isEqualTo(notice.messages());
    } else if (message instanceof ChatNotice.Page notice) {
      List<ChatMessage> messages = ChatWire.readMessages(notice.messages());
      assertThat(ChatWire.messages(messages)).isEqualTo(notice.messages());
    }
  }
}
