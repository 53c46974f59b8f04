package dev.collab.simulation;

import dev.collab.client.DocumentStatus;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.HostileCoordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Clients, servers, a network and a coordinator, and what happens to them. */
final class World {

  private static final int MOST_CLIENTS = 12;

  /** Longer than a node polls, and than a call of the coordinator may still be under way. */
  private static final long ROUND = 2_000_000_000L;

  /** Makes the randomness of company another one than that of the rest. */
  private static final long COMPANY = 0x5EED_C0DEL;

  /** Makes the randomness of talk another one than that of the rest. */
  private static final long TALK = 0x7A1C_7A1CL;

  /** Nobody is shown as typing for longer behind the last key. */
  private static final long TYPING = 10_000_000_000L;

  private static final int QUIET_ROUNDS = 2;
  private static final int MOST_ROUNDS = 150;

  private final VirtualTime time = new VirtualTime();
  private final SplittableRandom random;
  private final Plan plan;
  private final Trace trace;
  private final Variant variant;
  private final Network network;
  private final InMemoryCoordinator truth;
  private final HostileCoordinator coordinator;
  private final Nodes nodes;
  private final Keyboard keyboard;
  private final Company company;
  private final Talk talk;
  private final LeaseWatch leases;
  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<SimulatedClient> present = new ArrayList<>();
  private final List<Typist> everybody = new ArrayList<>();
  private final List<Fault> misfortunes;
  private int clients;

  World(long seed, Variant variant, int traceLimit) {
    this.random = new SplittableRandom(seed);
    this.variant = variant;
    SplittableRandom more = new SplittableRandom(seed ^ COMPANY);
    plan = Plan.draw(random.split(), more.split(), variant.company());
    company = new Company(this, more.split());
    misfortunes = List.copyOf(plan.faults());
    trace = new Trace(traceLimit, time);
    network = new Network(time, random.split(), plan, trace);
    truth = InMemoryCoordinator.builder().executor(Runnable::run).clock(time).build();
    talk = new Talk(this, new SplittableRandom(seed ^ TALK), variant.talk(), truth.logs());
    coordinator = hostile();
    leases = new LeaseWatch(truth.leases(), more.split());
    Coordinator seen = leases.watch(variant.coordinator(coordinator, time));
    nodes = new Nodes(time, seen, network, variant, plan, random.split());
    keyboard = new Keyboard(random.split(), new Markers(random.split()), plan);
    for (int i = 0; i < plan.documents(); i++) {
      ledgers.add(new Ledger(new DocumentId("c", "d" + i), truth.logs()));
    }
    int first = plan.has(Fault.LATE_COMERS) ? 1 : plan.clients();
    while (present.size() < first) {
      join();
    }
  }

  private HostileCoordinator hostile() {
    boolean unknown = plan.has(Fault.UNKNOWN_OUTCOMES);
    double announcements = plan.has(Fault.LOST_ANNOUNCEMENTS) ? 0.2 : 0;
    return HostileCoordinator.builder(truth, random.split(), time)
        .delayed(plan.has(Fault.SLOW_COORDINATOR) ? 0.5 : 0)
        .longestDelay(Duration.ofMillis(1L << random.nextInt(12)))
        .lostRequests(unknown ? 0.05 : 0)
        .lateRequests(unknown ? 0.1 : 0)
        .lostReplies(unknown ? 0.1 : 0)
        .failedReads(unknown ? 0.1 : 0)
        .lostAnnouncements(announcements)
        .doubledAnnouncements(announcements)
        .lateAnnouncements(announcements)
        .strippedAnnouncements(announcements)
        .build();
  }

  private void join() {
    int number = clients++;
    SimulatedClient client =
        new SimulatedClient(
            "client " + number, this, network, variant.wire(number), random.split());
    for (Ledger ledger : ledgers) {
      boolean creates = number == 0 || random.nextBoolean();
      client.open(ledger, variant, number, creates ? keyboard.content() : "");
    }
    company.welcome(client);
    talk.welcome(client);
    everybody.addAll(client.typists());
    present.add(client);
  }

  VirtualTime time() {
    return time;
  }

  Trace trace() {
    return trace;
  }

  Plan plan() {
    return plan;
  }

  Nodes nodes() {
    return nodes;
  }

  List<Ledger> ledgers() {
    return ledgers;
  }

  List<SimulatedClient> present() {
    return present;
  }

  List<Typist> everybody() {
    return everybody;
  }

  Company company() {
    return company;
  }

  Talk talk() {
    return talk;
  }

  LeaseWatch leases() {
    return leases;
  }

  boolean isWhole() {
    return network.isWhole() && nodes.running().size() == (plan.has(Fault.TWO_NODES) ? 2 : 1);
  }

  /** Lets something happen, and some time pass. */
  void step() {
    int roll = random.nextInt(100);
    if (roll < 70) {
      type();
    } else if (roll < 85 && !misfortunes.isEmpty()) {
      misfortune(misfortunes.get(random.nextInt(misfortunes.size())));
    }
    company.step();
    talk.step();
    time.pass(pause());
    Invariants.check(this);
  }

  private long pause() {
    long usual = random.nextLong(plan.patienceMillis() * 1_000_000L);
    return switch (random.nextInt(100)) {
      case 0 -> random.nextLong(30_000_000_000L);
      case 1, 2, 3, 4 -> random.nextLong(3_000_000_000L);
      default -> usual;
    };
  }

  private void type() {
    Typist typist = anybody();
    for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0 && typist.canType(); i--) {
      typist.type(keyboard.edit(typist.document().state().toString()));
    }
  }

  private Typist anybody() {
    SimulatedClient client = present.get(random.nextInt(present.size()));
    return client.typists().get(random.nextInt(client.typists().size()));
  }

  private void misfortune(Fault fault) {
    switch (fault) {
      case CUTS, HALF_OPEN -> network.cutOne();
      case LATE_FRAMES -> network.delayOne();
      case DUPLICATES -> network.repeatOne();
      case STALLS -> network.stallOne();
      case CRASHES -> nodes.crashOne();
      case RESTARTS -> nodes.restartOne();
      case ABSENCES -> present.get(random.nextInt(present.size())).comeAndGo();
      case LATE_COMERS -> {
        if (present.size() < plan.clients()) {
          join();
        }
      }
      case LEAVERS -> {
        if (clients < MOST_CLIENTS) {
          present.remove(random.nextInt(present.size())).leave();
          join();
        }
      }
      case SUDDEN_DEATHS -> {
        if (clients < MOST_CLIENTS) {
          killOne();
          join();
        }
      }
      case EXPIRED_LEASES -> leases.expireOne();
      case TRIMS -> trim(ledgers.get(random.nextInt(ledgers.size())));
      case DELETIONS -> deleteOrCreate(anybody());
      case TWO_NODES,
          SLOW_COORDINATOR,
          UNKNOWN_OUTCOMES,
          LOST_ANNOUNCEMENTS,
          SMALL_DOCUMENTS,
          SMALL_OPERATIONS,
          HALF_SURROGATES -> {}
    }
  }

  private void killOne() {
    SimulatedClient client = present.remove(random.nextInt(present.size()));
    client.die();
    network.forsake(client);
  }

  private void deleteOrCreate(Typist typist) {
    if (typist.document().status() != DocumentStatus.LIVE) {
      typist.create(keyboard.content());
    } else if (typist.canType() && random.nextInt(4) == 0) {
      typist.delete();
    }
  }

  /** Saves a snapshot as a server would and drops entries behind it. */
  private void trim(Ledger ledger) {
    if (nodes.running().isEmpty()) {
      return;
    }
    ledger.follow();
    long behind = random.nextLong(30);
    var unused =
        nodes
            .any()
            .server()
            .snapshot(ledger.id())
            .thenAccept(snapshot -> trim(ledger, snapshot, behind));
  }

  private void trim(Ledger ledger, Snapshot snapshot, long behind) {
    ledger.follow();
    StorageCodec codec = new StorageCodec(OperationTypes.of(TextType.TEXT));
    LogHead head =
        new LogHead(
            snapshot.epoch(), snapshot.revision(), Bytes.copyOf(snapshot.hash().toByteArray()));
    Logs logs = truth.logs();
    logs.saveSnapshot(
        ledger.key(), new LogSnapshot(head, Bytes.copyOf(codec.encodeSnapshot(snapshot))));
    logs.trim(ledger.key(), Math.max(0, snapshot.revision() - behind));
    trace.add("trim to", snapshot.revision() - behind, "behind", snapshot.revision());
    nodes.restartOne(); // what it knew of older entries is gone
  }

  /** Ends all misfortune and lets time pass until nothing has been left to do for a while. */
  void settle() {
    trace.add("calm");
    if (plan.has(Fault.SUDDEN_DEATHS) && present.size() > 1) {
      killOne();
    }
    long begin = time.now();
    network.calm();
    coordinator.setHostile(false);
    List<SimulatedClient> reached = present.stream().filter(network::reaches).toList();
    present.forEach(SimulatedClient::comeBack);
    if (plan.presence()) {
      time.pass(plan.times().lease().toNanos() + ROUND);
      PresenceInvariants.checkNoGhosts(this, reached);
    }
    rest();
    if (talk.isOn()) {
      time.pass(TYPING);
    }
    if (plan.presence()) {
      long forgotten = begin + 2 * plan.times().lease().toNanos() + ROUND;
      time.pass(Math.max(0, forgotten - time.now()));
      Invariants.checkQuiet(this);
      join(); // who comes last sees all the others
      rest();
    }
    Invariants.checkQuiet(this);
  }

  private void rest() {
    int quiet = 0;
    long before = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      time.pass(ROUND);
      ledgers.forEach(Ledger::follow);
      long now = ledgers.stream().mapToLong(Ledger::revision).sum();
      quiet = Invariants.isQuiet(this) && now == before ? quiet + 1 : 0;
      before = now;
    }
  }
}
