package dev.collab.sync;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ChainHash;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Decision.Accepted;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.Fate;
import dev.collab.document.LastSubmission;
import dev.collab.document.Snapshot;
import dev.collab.document.Submission;
import dev.collab.document.TestEntryCodec;
import dev.collab.operation.OperationTypes;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A simulated node: group commit onto a log that it may lose races for, and restarts. */
final class SimulatedServer {

  static final int MAX_WEIGHT = 64;
  private static final OperationTypes TYPES = OperationTypes.of(TEXT);
  private static final TestEntryCodec CODEC = new TestEntryCodec(TYPES);
  private static final DocumentRules RULES = new DocumentRules(TYPES, CODEC, MAX_WEIGHT, 120);

  private final SplittableRandom random;
  private final Ledger ledger;
  private final List<Link> links = new ArrayList<>();

  // what is stored and outlives a restart
  private final List<Stored> log = new ArrayList<>();
  private byte[] snapshot;
  private long storedBase;

  // what is in memory
  private Document committed;
  private Document prepared;
  private final List<Waiting> batch = new ArrayList<>();

  private record Stored(byte[] encoded, ChainHash hash) {}

  /** A request with what was decided about it, which counts when the batch is appended. */
  private record Waiting(Link link, Link.Request request, Optional<Decision> decision) {

    Optional<Accepted> entry() {
      return decision.flatMap(
          made ->
              made instanceof Decision.Stale stale
                  ? stale.voiding()
                  : made instanceof Accepted accepted ? Optional.of(accepted) : Optional.empty());
    }
  }

  SimulatedServer(SplittableRandom random, Ledger ledger, Submission creation) {
    this.random = random;
    this.ledger = ledger;
    committed = Document.empty(RULES, 1);
    snapshot = CODEC.encodeSnapshot(committed.snapshot());
    append((Accepted) committed.prepare(creation, Instant.EPOCH));
    prepared = committed;
  }

  Document document() {
    return committed;
  }

  Text state() {
    return committed.content().orElseThrow().as(TEXT).orElseThrow().state();
  }

  Link connect() {
    Link link = new Link();
    links.add(link);
    return link;
  }

  void handle(Link link, Link.Request request) {
    Optional<Decision> decision = Optional.empty();
    if (request instanceof Link.Submit submit) {
      decision = Optional.of(prepared.prepare(submit.submission(), Instant.EPOCH));
    }
    Waiting waiting = new Waiting(link, request, decision);
    waiting.entry().ifPresent(entry -> prepared = entry.next());
    batch.add(waiting);
  }

  /** The log takes the batch. */
  void flush() {
    for (Waiting waiting : batch) {
      waiting.entry().ifPresent(entry -> publish(append(entry), waiting.link()));
      if (waiting.link().open) {
        answer(waiting);
      }
    }
    assertThat(committed.hash()).isEqualTo(prepared.hash());
    batch.clear();
    prepared = committed;
  }

  /** The log refuses the batch, since another node's entry was first; all is prepared again. */
  void loseRaceTo(Submission foreign, TextOperation edit) {
    if (committed.prepare(foreign, Instant.EPOCH) instanceof Accepted accepted) {
      ledger.edited(edit);
      publish(append(accepted), new Link());
      List<Waiting> again = List.copyOf(batch);
      batch.clear();
      prepared = committed;
      again.forEach(waiting -> handle(waiting.link(), waiting.request()));
    }
  }

  private CommittedOperation append(Accepted accepted) {
    log.add(new Stored(accepted.encoded(), accepted.next().hash()));
    CommittedOperation entry = CODEC.decode(accepted.encoded());
    committed = committed.commit(entry, accepted.encoded(), accepted.next().hash());
    ledger.appended(entry, state());
    return entry;
  }

  private void publish(CommittedOperation entry, Link origin) {
    links.removeIf(link -> !link.open);
    for (Link link : links) {
      if (link.subscribed && (link != origin || random.nextInt(4) == 0)) {
        link.down.add(new Link.Entry(entry));
      }
    }
  }

  private void answer(Waiting waiting) {
    Link link = waiting.link();
    if (waiting.request() instanceof Link.CatchUp catchUp) {
      link.subscribed = true;
      if (catchUp.revision() < committed.base()) {
        link.down.add(new Link.Snapshot(committed.revision(), state()));
      } else {
        sendEntries(link, catchUp.revision(), committed.revision());
      }
      return;
    }
    Submission submission = ((Link.Submit) waiting.request()).submission();
    Decision decision = waiting.decision().orElseThrow();
    if (decision instanceof Decision.Refused) {
      link.down.add(new Link.Reject(submission.id()));
    } else if (decision instanceof Decision.Stale stale) {
      resync(link, submission, stale.fate());
    } else {
      long at =
          decision instanceof Decision.Duplicate duplicate
              ? duplicate.baseRevision()
              : ((Accepted) decision).entry().baseRevision();
      if (submission.baseRevision() < committed.base()) {
        resync(link, submission, Fate.COMMITTED);
      } else {
        sendEntries(link, submission.baseRevision(), at);
        link.down.add(new Link.Acknowledge(submission.id(), at));
      }
    }
  }

  private void resync(Link link, Submission submission, Fate fate) {
    link.down.add(new Link.Stale(submission.id(), fate, committed.revision(), state()));
  }

  private void sendEntries(Link link, long from, long to) {
    committed
        .since(from)
        .subList(0, (int) (to - from))
        .forEach(entry -> link.down.add(new Link.Entry(entry)));
  }

  void store() {
    snapshot = CODEC.encodeSnapshot(committed.snapshot());
    storedBase += random.nextLong(committed.revision() - storedBase + 1);
  }

  void trim() {
    committed =
        committed.trimmedTo(
            committed.base() + random.nextLong(committed.revision() - committed.base() + 1));
    if (batch.isEmpty()) {
      prepared = committed;
    }
  }

  /** Loses the memory, and the batch with it unless the log took it; nobody is answered. */
  void restart(boolean appended) {
    links.forEach(link -> link.open = false);
    if (appended) {
      flush();
    }
    batch.clear();
    ChainHash head = committed.hash();
    Snapshot read = CODEC.decodeSnapshot(snapshot);
    if (random.nextInt(4) == 0) {
      read = forgetRows(read, random.nextLong(read.revision() + 1));
    }
    List<CommittedOperation> preceding = new ArrayList<>();
    for (long i = Math.min(storedBase, read.revision()); i < read.revision(); i++) {
      preceding.add(CODEC.decode(log.get((int) i).encoded()));
    }
    committed = Document.restore(RULES, read, preceding);
    while (committed.revision() < log.size()) {
      Stored next = log.get((int) committed.revision());
      committed = committed.commit(CODEC.decode(next.encoded()), next.encoded(), next.hash());
    }
    assertThat(committed.hash()).isEqualTo(head);
    prepared = committed;
  }

  /** Does what a full duplicate table does, of which a simulation has too few clients. */
  private static Snapshot forgetRows(Snapshot from, long upTo) {
    Map<ClientId, LastSubmission> rows = new HashMap<>(from.submissions());
    rows.values().removeIf(row -> row.revision() <= upTo);
    return new Snapshot(
        from.epoch(),
        from.revision(),
        from.hash(),
        from.content(),
        rows,
        Math.max(from.evictedUpTo(), upTo),
        from.modifiedAt());
  }
}
