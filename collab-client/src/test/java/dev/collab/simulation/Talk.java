package dev.collab.simulation;

import dev.collab.coordinator.Logs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What people say to each other in one chat room, in a part of the worlds. */
final class Talk {

  private static final String ROOM = "talk";

  private final World world;
  private final SplittableRandom random;
  private final RoomLedger ledger;
  private final boolean on;
  private final Map<SimulatedClient, Talker> talkers = new LinkedHashMap<>();
  private int texts;

  /**
   * Creates the room.
   *
   * @param world the world
   * @param random decides everything here
   * @param share in one of so many worlds people talk; 0 if in none
   * @param logs where the room's log is
   */
  Talk(World world, SplittableRandom random, int share, Logs logs) {
    this.world = world;
    this.random = random;
    this.ledger = new RoomLedger(ROOM, logs);
    on = share > 0 && random.nextInt(share) == 0;
  }

  boolean isOn() {
    return on;
  }

  /** Lets a client that has come into the room. */
  void welcome(SimulatedClient client) {
    if (on) {
      talkers.put(client, client.talk(ROOM, ledger));
    }
  }

  /** Lets somebody say something. */
  void step() {
    if (on && random.nextInt(100) < 60) {
      List<Talker> present = present();
      Talker talker = present.get(random.nextInt(present.size()));
      world.trace().add("talk", talker);
      act(talker);
    }
  }

  private void act(Talker talker) {
    int roll = random.nextInt(100);
    if (roll < 45) {
      talker.post("text " + ++texts);
    } else if (roll < 60) {
      talker.edit("text " + ++texts, random);
    } else if (roll < 68) {
      talker.delete(random);
    } else if (roll < 78) {
      talker.read(random);
    } else if (roll < 92) {
      talker.type(random.nextInt(4) > 0);
    } else {
      talker.look(random);
    }
  }

  private List<Talker> present() {
    List<Talker> present = new ArrayList<>();
    world.present().forEach(client -> present.add(talkers.get(client)));
    return present;
  }

  /** Checks what must hold at any time. */
  void check() {
    if (on) {
      ledger.follow();
      present().forEach(Talker::check);
    }
  }

  /** Tells whether nothing is under way any more. */
  boolean isQuiet() {
    if (!on) {
      return true;
    }
    ledger.follow();
    return present().stream().allMatch(Talker::isQuiet);
  }

  /** Checks what must hold when everybody was left in peace for long enough. */
  void checkQuiet() {
    if (on) {
      ledger.follow();
      talkers.values().forEach(Talker::checkAccount);
      present().forEach(Talker::checkQuiet);
    }
  }
}
