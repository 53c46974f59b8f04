package dev.collab.client;

import static dev.collab.client.Script.ID;
import static dev.collab.client.Script.SECRET;
import static dev.collab.client.Script.insert;
import static dev.collab.client.Script.json;
import static dev.collab.client.Script.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who the user is, how that is proved, and what the user may do. */
class IdentityTest {

  private final List<CompletableFuture<String>> asked = new ArrayList<>();
  private final TokenSource tokens =
      () -> {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
      };

  private static String handshake(String more) {
    return "{'a':'hs','protocol':1,'protocolMinor':2,'id':'"
        + SECRET
        + "','collab':1,'limits':{'operation':1000,'document':100000,'frame':4000}"
        + more
        + "}";
  }

  private static Script connecting(Script script) {
    script.client.connect();
    script.time.runDue();
    return script;
  }

  @Test
  void user_named_isProposedAndWhatTheServerSaysCounts() {
    Script script = connecting(new Script(builder -> builder.user("Ann", "#c33")));
    assertThat(script.client.user()).isEmpty();
    assertThat(script.server.peer().take())
        .containsExactly(
            json(
                "{'a':'hs','id':null,'protocol':1,'protocolMinor':2,'collab':1,"
                    + "'user':{'name':'Ann','color':'#c33'}}"));
    script.server.peer().say(handshake(",'user':{'id':'ann@x','name':'Ann B.'}"));
    assertThat(script.client.user()).contains(User.of("ann@x", "Ann B."));
  }

  @Test
  void connect_withTokens_waitsForTheTokenBeforeItConnects() {
    Script script = connecting(new Script(builder -> builder.tokens(tokens)));
    assertThat(script.server.count()).isZero();
    asked.get(0).complete("t1");
    script.time.runDue();
    assertThat(script.server.peer().take()).singleElement().asString().contains("\"token\":\"t1\"");
  }

  @Test
  void connect_tokenSourceFails_isToldAndTriedAgain() {
    Script script = connecting(new Script(builder -> builder.tokens(tokens)));
    asked.get(0).completeExceptionally(new IllegalStateException("no"));
    script.time.runDue();
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", ClientException.NO_TOKEN);
    script.time.pass(Duration.ofSeconds(1));
    assertThat(asked).hasSize(2);
  }

  @Test
  void connect_tokenSourceThrows_isToldAndTriedAgain() {
    Script script =
        connecting(
            new Script(
                builder ->
                    builder.tokens(
                        () -> {
                          throw new IllegalStateException("no");
                        })));
    assertThat(script.takeClientEvents())
        .contains("CONNECTING", ClientException.NO_TOKEN)
        .doesNotContain("DISCONNECTED");
  }

  @Test
  void token_thatComesTooLate_isForgotten() {
    Script script = connecting(new Script(builder -> builder.tokens(tokens)));
    script.time.pass(Duration.ofSeconds(11));
    assertThat(asked).hasSize(2);
    asked.get(0).complete("late");
    script.time.runDue();
    assertThat(script.server.count()).isZero();
  }

  @Test
  void token_thatExpires_isRenewedBefore() {
    Script script = connecting(new Script(builder -> builder.tokens(tokens)));
    asked.get(0).complete("t1");
    script.time.runDue();
    Peer peer = script.server.peer();
    peer.take();
    peer.say(handshake(",'expires':60000"));
    script.time.pass(Duration.ofSeconds(44));
    assertThat(asked).hasSize(1);
    script.time.pass(Duration.ofSeconds(1));
    assertThat(asked).hasSize(2);
    asked.get(1).complete("t2");
    assertThat(peer.take()).containsExactly(json("{'a':'auth','token':'t2'}"));
    peer.say("{'a':'auth','expires':20000}");
    script.time.pass(Duration.ofSeconds(15));
    assertThat(asked).hasSize(3);
  }

  @Test
  void handshake_forbidden_isNotTriedAgain() {
    Script script = connecting(new Script());
    script.server.peer().say("{'a':'hs','error':{'code':'ERR_FORBIDDEN','message':'no'}}");
    assertThat(script.takeClientEvents())
        .containsExactly("CONNECTING", "ERR_FORBIDDEN", "DISCONNECTED");
  }

  @Test
  void handshake_refusedWithoutTokens_isNotTriedAgain() {
    Script script = connecting(new Script());
    script.server.peer().say("{'a':'hs','error':{'code':'ERR_UNAUTHENTICATED','message':'no'}}");
    assertThat(script.takeClientEvents())
        .containsExactly("CONNECTING", "ERR_UNAUTHENTICATED", "DISCONNECTED");
  }

  @Test
  void handshake_refusedWithTokens_isTriedWithAnotherOne() {
    Script script = connecting(new Script(builder -> builder.tokens(tokens)));
    asked.get(0).complete("old");
    script.time.runDue();
    script.server.peer().say("{'a':'hs','error':{'code':'ERR_UNAUTHENTICATED','message':'no'}}");
    script.time.pass(Duration.ofSeconds(1));
    assertThat(asked).hasSize(2);
    assertThat(script.client.status()).isEqualTo(ClientStatus.CONNECTING);
  }

  @Test
  void kicked_client_staysAwayWithItsEdits() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("a");
    insert(document, 1, "b");
    script.takeClientEvents();
    script.server.peer().close(new CloseReason(4005, "kicked"));
    script.time.pass(Duration.ofMinutes(1));
    assertThat(script.takeClientEvents()).containsExactly(ClientException.KICKED, "DISCONNECTED");
    assertThat(script.server.count()).isEqualTo(1);
    assertThat(document.pendingEdits()).hasSize(1);
  }

  @Test
  void silence_longerThanAThirdOfTheHeartbeat_isBrokenByAPing() {
    Script script = connecting(new Script());
    Peer peer = script.server.peer();
    peer.take();
    peer.say(handshake(",'heartbeat':30000"));
    script.time.pass(Duration.ofSeconds(9));
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).containsExactly(json("{'a':'pp'}"));
    script.client.open(ID, TextType.TEXT);
    script.time.runDue();
    peer.take();
    script.time.pass(Duration.ofSeconds(10));
    assertThat(peer.take()).isEmpty();
    peer.say(state("s", 1, "a"));
    script.time.pass(Duration.ofSeconds(10));
    assertThat(peer.take()).containsExactly(json("{'a':'pp'}"));
  }

  @Test
  void access_reducedToRead_makesTheDocumentReadOnly() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("a");
    List<Permission> told = new ArrayList<>();
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onPermission(Permission permission) {
            told.add(permission);
          }
        });
    assertThat(document.permission()).isEqualTo(Permission.WRITE);
    script.server.peer().say("{'a':'access','c':'c','d':'d','permission':'read'}");
    assertThat(told).containsExactly(Permission.READ);
    assertThatThrownBy(() -> insert(document, 0, "x"))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.code()).isEqualTo(ClientException.READ_ONLY));
    assertThat(document.state()).hasToString("a");
    script.server.peer().say("{'a':'access','c':'c','d':'d','permission':'manage'}");
    insert(document, 0, "x");
    assertThat(document.state()).hasToString("xa");
  }

  @Test
  void access_withdrawn_keepsTheStateAndTellsTheApplication() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("a");
    List<String> errors = new ArrayList<>();
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onError(CollabException error) {
            errors.add(error.code());
          }
        });
    script.server.peer().take();
    script.server.peer().say("{'a':'access','c':'c','d':'d','permission':'none'}");
    assertThat(errors).containsExactly("ERR_FORBIDDEN");
    assertThat(document.permission()).isEqualTo(Permission.NONE);
    assertThat(document.state()).hasToString("a");
    assertThat(script.server.peer().take()).isEmpty();
  }
}
