package dev.collab.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Submission;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.util.Optional;
import java.util.SplittableRandom;

/** A simulated client: what a runtime around a {@link Replica} has to do. */
final class SimulatedClient {

  private final SplittableRandom random;
  private final Ledger ledger;
  private final ClientId id;
  private long sequence;
  private Replica<Text, TextOperation> replica;
  private Optional<Link> link = Optional.empty();

  SimulatedClient(
      SplittableRandom random, Ledger ledger, ClientId id, Replica<Text, TextOperation> replica) {
    this.random = random;
    this.ledger = ledger;
    this.id = id;
    this.replica = replica;
  }

  Replica<Text, TextOperation> replica() {
    return replica;
  }

  Optional<Link> link() {
    return link.filter(current -> current.open);
  }

  void edit(TextOperation operation) {
    become(replica.edit(operation));
    ledger.edited(operation);
    send();
  }

  void connect(SimulatedServer server) {
    link = Optional.of(server.connect());
    catchUp();
    send();
  }

  /** Sends what is under way again, so that its fate is known before what comes behind it. */
  private void catchUp() {
    Link current = link().orElseThrow();
    replica.outstanding().ifPresent(sent -> current.up.add(new Link.Submit(sent)));
    current.up.add(new Link.CatchUp(replica.revision()));
  }

  private void send() {
    if (link().isPresent() && replica.canSend()) {
      become(replica.send(new OperationId(id, ++sequence)));
      Submission submission = replica.outstanding().orElseThrow();
      ledger.sent(submission);
      for (int copies = random.nextInt(8) == 0 ? 2 : 1; copies > 0; copies--) {
        link().get().up.add(new Link.Submit(submission));
      }
    }
  }

  void receive(Link.Message message) {
    if (message instanceof Link.Entry received) {
      OperationId author = received.entry().id();
      long base = received.entry().baseRevision();
      take(
          received.entry().payload() instanceof Payload.Edit<?> edit
              ? replica.receive(author, base, (TextOperation) edit.operation())
              : replica.receiveNone(author, base));
    } else if (message instanceof Link.Acknowledge acknowledgement) {
      take(replica.acknowledge(acknowledgement.id(), acknowledgement.baseRevision()));
    } else if (message instanceof Link.Reject rejection) {
      replica
          .outstanding()
          .filter(sent -> sent.id().equals(rejection.id()))
          .ifPresent(ledger::rejected);
      take(replica.reject(rejection.id()));
    } else if (message instanceof Link.Stale stale) {
      Optional<Submission> sent = replica.outstanding();
      replica
          .resync(stale.revision(), stale.state(), stale.id(), stale.fate())
          .ifPresent(
              resynced -> {
                ledger.resynced(sent.orElseThrow(), stale.fate());
                become(resynced);
              });
    } else if (message instanceof Link.Snapshot snapshot) {
      if (replica.outstanding().isPresent()) {
        catchUp();
      } else if (snapshot.revision() >= replica.revision()) {
        become(replica.resync(snapshot.revision(), snapshot.state()));
      }
    }
    send();
  }

  private void become(Resynced<Text, TextOperation> resynced) {
    assertThat(resynced.change().orElseThrow().applyTo(replica.state()))
        .isEqualTo(resynced.next().state());
    become(resynced.next());
  }

  private void take(Update<Text, TextOperation> update) {
    if (update instanceof Update.Changed<Text, TextOperation> changed) {
      assertThat(changed.change().applyTo(replica.state())).isEqualTo(changed.next().state());
      become(changed.next());
    } else if (update instanceof Update.Acknowledged<Text, TextOperation> acknowledged) {
      ledger.acknowledged(replica.outstanding().orElseThrow());
      become(acknowledged.next());
    } else if (update instanceof Update.Gap<Text, TextOperation>) {
      catchUp();
    }
  }

  private void become(Replica<Text, TextOperation> next) {
    replica = Replicas.checked(next);
    assertThat(replica.base()).isEqualTo(ledger.stateAt(replica.revision()));
  }
}
