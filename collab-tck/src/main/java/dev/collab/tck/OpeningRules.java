package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import dev.collab.transport.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

abstract class OpeningRules extends TransportRules {

  OpeningRules(TransportContract contract) {
    super(contract);
  }

  @Test
  void required_T1_1_connect_opensBothEnds() {
    Pair pair = connect();
    assertThat(pair.client().connection().isOpen()).isTrue();
    assertThat(pair.server().connection().isOpen()).isTrue();
    assertThat(pair.client().connection().queued()).isZero();
    assertThat(pair.server().connection().queued()).isZero();
  }

  @Test
  void required_T1_2_connect_again_opensAnotherConnection() {
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    Transport transport = open(acceptor);
    Pair first = connect(transport, acceptor, new Peer());
    Pair second = connect(transport, acceptor, new Peer());
    first.client().connection().send("first");
    second.client().connection().send("second");
    assertThat(first.server().nextFrame()).isEqualTo("first");
    assertThat(second.server().nextFrame()).isEqualTo("second");
    first.client().connection().close(CloseReason.NORMAL);
    first.server().nextClose();
    second.server().connection().send("still here");
    assertThat(second.client().nextFrame()).isEqualTo("still here");
  }

  @Test
  void required_T1_3_serverEvents_waitUntilTheHandlerHasReturned() {
    var returned = new CompletableFuture<ConnectionListener>();
    var early = new CompletableFuture<Boolean>();
    Peer server = new Peer(event -> early.complete(!returned.isDone()));
    ConnectionHandler handler =
        new ConnectionHandler() {
          @Override
          public ConnectionListener connected(Connection connection) {
            server.opened(connection);
            connection.close(CloseReason.GOING_AWAY);
            // Long enough for an event on another thread to come too early.
            pause(early);
            returned.complete(server);
            return server;
          }

          @Override
          public int maxFrameLength() {
            return LIMIT;
          }
        };
    Transport transport = open(handler);
    var unused = transport.connect(new Peer());
    assertThat(await(early)).isFalse();
  }

  @Test
  void required_T1_4_clientEvents_waitUntilTheStageIsComplete() {
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    ConnectionHandler talkative =
        new ConnectionHandler() {
          @Override
          public ConnectionListener connected(Connection connection) {
            ConnectionListener listener = acceptor.connected(connection);
            connection.send("welcome");
            return listener;
          }

          @Override
          public int maxFrameLength() {
            return LIMIT;
          }
        };
    Transport transport = open(talkative);
    for (int round = 0; round < 20; round++) {
      var stage = new CompletableFuture<CompletionStage<Connection>>();
      var complete = new CompletableFuture<Boolean>();
      Peer client =
          new Peer(event -> complete.complete(await(stage).toCompletableFuture().isDone()));
      CompletionStage<Connection> connecting = transport.connect(client);
      stage.complete(connecting);
      assertThat(await(complete)).isTrue();
      assertThat(client.nextFrame()).isEqualTo("welcome");
      await(connecting).close(CloseReason.NORMAL);
    }
  }

  @Test
  void required_T1_5_handlerThatFails_endsTheConnection() {
    ConnectionHandler failing =
        new ConnectionHandler() {
          @Override
          public ConnectionListener connected(Connection connection) {
            throw new IllegalStateException("a handler of the kit fails on purpose");
          }

          @Override
          public int maxFrameLength() {
            return LIMIT;
          }
        };
    Peer client = new Peer();
    CompletionStage<Connection> connecting = open(failing).connect(client);
    try {
      client.opened(await(connecting));
    } catch (CompletionException refused) {
      assertThat(refused).hasCauseInstanceOf(TransportException.class);
      assertThat(client.events()).isEmpty();
      return;
    }
    client.nextClose();
    assertThat(client.connection().isOpen()).isFalse();
  }

  @Test
  void required_T1_6_connection_closedByTheHandler_isOpenedAndClosed() {
    Peer server = new Peer();
    ConnectionHandler unfriendly =
        new ConnectionHandler() {
          @Override
          public ConnectionListener connected(Connection connection) {
            connection.close(new CloseReason(4001, "no"));
            return server;
          }

          @Override
          public int maxFrameLength() {
            return LIMIT;
          }
        };
    Peer client = new Peer();
    client.opened(await(open(unfriendly).connect(client)));
    assertThat(client.nextClose()).isEqualTo(new CloseReason(4001, "no"));
    server.nextClose();
  }

  @Test
  void required_T1_7_peer_isConstant() {
    Pair pair = connect();
    Connection server = pair.server().connection();
    assertThat(server.peer()).isSameAs(server.peer());
    assertThat(pair.client().connection().peer()).isNotNull();
  }

  @Test
  void required_T1_8_nullListener_isRefusedAtOnce() {
    Transport transport = open(new Acceptor(LIMIT, Peer::new));
    assertThatThrownBy(() -> transport.connect(nothing())).isInstanceOf(NullPointerException.class);
  }

  /** Waits a moment for something that must not happen; a rule is broken only if it does. */
  private static void pause(CompletableFuture<?> unwanted) {
    try {
      unwanted.get(50, TimeUnit.MILLISECONDS);
    } catch (TimeoutException expected) {
      // Nothing came.
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError("the pause failed", failure);
    }
  }

  /** Null where the type forbids it, as a careless caller would pass it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
