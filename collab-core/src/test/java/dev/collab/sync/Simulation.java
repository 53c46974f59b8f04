package dev.collab.sync;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One run: replicas type while queues, connections and the authority fail, all drawn by a seed. */
final class Simulation {

  private static final ClientId OTHER_NODE = new ClientId("other node");

  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final SimulatedServer server;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<Link.Request> lateCopies = new ArrayList<>();
  private int characters;
  private long foreign;

  Simulation(long seed) {
    random = new SplittableRandom(seed);
    Proposal creation = new Proposal.Create("text", JsonValue.NULL);
    server =
        new SimulatedServer(random, ledger, Submission.of(otherNode(), Submission.HEAD, creation));
    for (int count = 2 + random.nextInt(7); clients.size() < count; ) {
      ClientId id = new ClientId("client " + clients.size());
      clients.add(
          new SimulatedClient(
              random, ledger, id, Replica.of(TEXT, 1, server.state(), SimulatedServer.MAX_WEIGHT)));
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      step(clients.get(random.nextInt(clients.size())));
    }
    quiesce();
    for (SimulatedClient client : clients) {
      assertThat(client.replica().sync().kind()).isEqualTo(SyncState.Kind.SYNCHRONIZED);
      assertThat(client.replica().revision()).isEqualTo(server.document().revision());
      assertThat(client.replica().state()).isEqualTo(server.state());
    }
    ledger.settle(server.state().toString());
  }

  private void step(SimulatedClient client) {
    int draw = random.nextInt(100);
    if (draw < 25) {
      client.edit(editOf(client.replica().state().toString()));
    } else if (draw < 50) {
      client.link().ifPresentOrElse(this::handleSome, () -> client.connect(server));
    } else if (draw < 75) {
      client.link().ifPresent(link -> receiveSome(client, link));
    } else if (draw < 86) {
      server.flush();
    } else if (draw < 89) {
      TextOperation edit = editOf(server.state().toString());
      server.loseRaceTo(Submission.of(otherNode(), Submission.HEAD, new Proposal.Edit(edit)), edit);
    } else if (draw < 92) {
      client.link().ifPresent(this::cut);
    } else if (draw < 94 && !lateCopies.isEmpty()) {
      Link nobody = new Link();
      nobody.open = false;
      server.handle(nobody, lateCopies.remove(random.nextInt(lateCopies.size())));
    } else if (draw < 95) {
      client.link().ifPresent(link -> link.down.clear()); // a slow consumer's queue
    } else if (draw < 97) {
      server.store();
    } else if (draw < 99) {
      server.trim();
    } else {
      server.restart(random.nextBoolean());
    }
  }

  private void handleSome(Link link) {
    for (int i = 1 + random.nextInt(3); i > 0 && !link.up.isEmpty(); i--) {
      server.handle(link, link.up.remove());
    }
  }

  private void receiveSome(SimulatedClient client, Link link) {
    for (int i = 1 + random.nextInt(6); i > 0 && !link.down.isEmpty(); i--) {
      client.receive(link.down.remove());
    }
  }

  private void cut(Link link) {
    link.open = false;
    for (Link.Request request : link.up) {
      if (request instanceof Link.Submit && random.nextBoolean()) {
        lateCopies.add(request);
      }
    }
  }

  /** Lets everything arrive, over new connections. */
  private void quiesce() {
    clients.forEach(client -> client.link().ifPresent(this::cut));
    clients.forEach(client -> client.connect(server));
    boolean busy = true;
    for (int round = 0; busy; round++) {
      assertThat(round).as("rounds without an end").isLessThan(500);
      busy = false;
      for (SimulatedClient client : clients) {
        Link link = client.link().orElseThrow();
        busy |= !link.up.isEmpty() || !link.down.isEmpty();
        handleSome(link);
        receiveSome(client, link);
      }
      server.flush();
    }
  }

  private OperationId otherNode() {
    return new OperationId(OTHER_NODE, ++foreign);
  }

  private TextOperation editOf(String state) {
    int draw = random.nextInt(20);
    if (draw == 0) {
      return insertInto(state, 40 + random.nextInt(60)); // must be split
    }
    if (draw < 8 && !state.isEmpty()) {
      return deletionFrom(state);
    }
    return insertInto(state, 1 + random.nextInt(3));
  }

  private TextOperation insertInto(String state, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      characters++;
      text.appendCodePoint((characters % 4 == 0 ? 0x20000 : 0x4e00) + characters);
    }
    return TextOperation.insert(boundary(state, random.nextInt(state.length() + 1)), "" + text);
  }

  private TextOperation deletionFrom(String state) {
    int from = boundary(state, random.nextInt(state.length()));
    int to = boundary(state, Math.min(state.length(), from + 2 + random.nextInt(20)));
    ledger.deleted(state.substring(from, to));
    return TextOperation.delete(from, to - from);
  }

  private static int boundary(String state, int position) {
    boolean inside =
        position > 0
            && position < state.length()
            && Character.isLowSurrogate(state.charAt(position));
    return inside ? position - 1 : position;
  }
}
