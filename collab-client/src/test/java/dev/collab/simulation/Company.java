package dev.collab.simulation;

import dev.collab.client.DocumentStatus;
import dev.collab.presence.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What people do beside typing: they show each other where they are. */
final class Company {

  private static final String LOBBY = "lobby";

  private final World world;
  private final RandomGenerator random;
  private final Guestbook guestbook = new Guestbook();

  Company(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  Guestbook guestbook() {
    return guestbook;
  }

  /** Lets a client that has come look at the others. */
  void welcome(SimulatedClient client) {
    if (world.plan().presence()) {
      client.visit(LOBBY);
    }
  }

  /** Lets somebody do something. */
  void step() {
    if (!world.plan().presence()) {
      return;
    }
    if (random.nextInt(100) < 60) {
      SimulatedClient client = world.present().get(random.nextInt(world.present().size()));
      List<Visitor> visitors = client.visitors();
      act(visitors.get(random.nextInt(visitors.size())));
    }
  }

  private void act(Visitor visitor) {
    int roll = random.nextInt(100);
    if (roll < 45) {
      visitor.show(selections(visitor));
    } else if (roll < 80) {
      visitor.select(selections(visitor));
    } else if (roll < 88) {
      visitor.hide();
    } else if (roll < 95) {
      visitor.toggleAway();
    } else {
      visitor.reopen();
    }
  }

  private List<Selection> selections(Visitor visitor) {
    List<Selection> selections = new ArrayList<>();
    visitor
        .typist()
        .map(Typist::document)
        .filter(document -> document.status() == DocumentStatus.LIVE)
        .map(document -> document.state().toString())
        .ifPresent(
            text -> {
              for (int i = random.nextInt(-1, 3); i >= 0; i--) {
                int anchor = position(text);
                selections.add(
                    random.nextBoolean()
                        ? Selection.cursor(anchor)
                        : new Selection(anchor, position(text)));
              }
            });
    return List.copyOf(selections);
  }

  private int position(String text) {
    int position = random.nextInt(text.length() + 1);
    return Caret.isBoundary(position, text) ? position : position - 1;
  }
}
