package dev.collab.client;

import static dev.collab.client.Script.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.operation.CollabException;
import dev.collab.operation.OperationType;
import dev.collab.operation.PresenceTransform;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a client makes of presences, frame by frame. */
class PresenceWireTest {

  private static final String SHOWN =
      "'ch':'lobby','src':'other','id':'1','p':{'mood':'good'},'pv':3}";

  private final Script script = new Script();

  private static String lastSequence(Peer peer) {
    List<String> frames = peer.take();
    return frames.get(frames.size() - 1).replaceAll(".*\"seq\":(\\d+).*", "$1");
  }

  private static String subscribed(String sequence, String presences) {
    return "{'a':'ps','ch':'lobby','seq':" + sequence + ",'presences':[" + presences + "]}";
  }

  @Test
  void presence_openedAgain_forgetsWhatTheFormerSubscriptionStillBrought() {
    Peer peer = script.connect();
    SharedPresence former = script.client.openPresence("lobby");
    String first = lastSequence(peer);
    former.close();
    SharedPresence again = script.client.openPresence("lobby");
    String second = lastSequence(peer);
    peer.say(subscribed(first, "{" + SHOWN), "{'a':'p'," + SHOWN);
    peer.say(subscribed(second, ""));
    assertThat(again.others()).isEmpty();
  }

  @Test
  void replyToAnOlderRequest_takesNothingAway() {
    Peer peer = script.connect();
    script.client.openPresence("lobby").close();
    String first = lastSequence(peer);
    SharedPresence again = script.client.openPresence("lobby");
    peer.say(subscribed(lastSequence(peer), "{" + SHOWN), subscribed(first, ""));
    assertThat(again.others()).hasSize(1);
  }

  @Test
  void valueOfAnotherForm_isRefusedAtOnce_andLaterEditsGoOn() {
    SharedDocument<Text, TextOperation> document = script.openAt1("hello");
    SharedPresence presence = document.openPresence();
    List<String> errors = new ArrayList<>();
    presence.addListener(
        new PresenceListener() {
          @Override
          public void onError(CollabException error) {
            errors.add(error.code());
          }
        });
    script.server.peer().take();
    presence.show(JsonValue.of("no object"));
    script.time.runDue();
    assertThat(errors).containsExactly("ERR_PRESENCE_BADLY_FORMED");
    assertThat(script.server.peer().take()).isEmpty();
    insert(document, 0, "x");
    script.time.pass(Duration.ofSeconds(1));
    assertThat(document.state()).hasToString("xhello");
    assertThat(script.server.peer().take()).singleElement().asString().contains("\"op\":[\"x\"]");
  }

  @Test
  void presence_thatIsClosed_isNotMovedByLaterEdits() {
    AtomicInteger moves = new AtomicInteger();
    script.connect();
    SharedDocument<Text, TextOperation> document = script.client.open(Script.ID, counting(moves));
    script.time.runDue();
    script.server.peer().say(Script.state("s", 1, "hello"));
    SharedPresence presence = document.openPresence();
    presence.show(JsonObject.EMPTY);
    script.time.runDue();
    insert(document, 0, "x");
    script.time.runDue();
    int before = moves.get();
    presence.close();
    script.time.runDue();
    insert(document, 0, "y");
    script.time.runDue();
    assertThat(before).isPositive();
    assertThat(moves).hasValue(before);
  }

  /** Returns the text type, which counts how often a presence is moved. */
  @SuppressWarnings("unchecked") // it is a text type in everything else
  private static OperationType<Text, TextOperation> counting(AtomicInteger moves) {
    return (OperationType<Text, TextOperation>)
        Proxy.newProxyInstance(
            PresenceWireTest.class.getClassLoader(),
            new Class<?>[] {OperationType.class, PresenceTransform.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("transformPresence")) {
                moves.incrementAndGet();
              }
              try {
                return method.invoke(TextType.TEXT, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
