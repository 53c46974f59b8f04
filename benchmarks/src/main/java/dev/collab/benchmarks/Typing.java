package dev.collab.benchmarks;

import dev.collab.client.SharedDocument;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Somebody who types into a shared text.
 *
 * @param name what the table calls it
 * @param typists how many clients type
 * @param start the text at first
 * @param keys edits for clients in turn, each with the time at which it is made
 */
record Typing(String name, int typists, String start, List<Key> keys) {

  private static final double REPLAYED_PER_SECOND = 1_000;
  private static final int PARAGRAPH = 400;
  private static final long PATIENCE_SECONDS = 60;

  /**
   * One edit.
   *
   * @param nanos when, from the start
   * @param typist whose it is
   * @param edit what is done, in the paragraph of the typist where there are several
   */
  record Key(long nanos, int typist, Trace.Edit edit) {}

  Typing {
    keys = List.copyOf(keys);
  }

  /** People who write a word after the other, at random times, each at a place apart. */
  static Typing people(int typists, int keysPerSecond, int seconds) {
    RandomGenerator random = Generated.random();
    List<Key> keys = new ArrayList<>();
    for (int typist = 0; typist < typists; typist++) {
      double at = 0;
      for (int place = 0; ; place++) {
        at -= Math.log(1 - random.nextDouble()) / keysPerSecond;
        if (at > seconds) {
          break;
        }
        String letter = place % 6 == 5 ? " " : String.valueOf((char) ('a' + random.nextInt(26)));
        keys.add(new Key((long) (at * 1e9), typist, new Trace.Edit(place, 0, letter)));
      }
    }
    keys.sort(Comparator.comparingLong(Key::nanos));
    String who = typists == 1 ? "1 person" : typists + " people";
    String name = who + ", " + keysPerSecond + " keys/s";
    return new Typing(name, typists, Generated.text(typists * PARAGRAPH, random), keys);
  }

  /** A recorded session, typed evenly at a rate that nobody types at. */
  static Typing replay(Trace trace, int edits) {
    List<Key> keys = new ArrayList<>();
    for (Trace.Edit edit : trace.edits().subList(0, Math.min(edits, trace.edits().size()))) {
      keys.add(new Key((long) (keys.size() * 1e9 / REPLAYED_PER_SECOND), 0, edit));
    }
    return new Typing(trace.name() + ", 1000/s", 1, trace.start(), keys);
  }

  /**
   * Types, and waits until everybody has everything.
   *
   * @return how many edits were made
   */
  long type(List<SharedDocument<Text, TextOperation>> texts) throws Exception {
    long start = System.nanoTime();
    for (Key key : keys) {
      LockSupport.parkNanos(start + key.nanos() - System.nanoTime());
      Trace.Edit edit = key.edit();
      int from = edit.position() + (typists == 1 ? 0 : key.typist() * PARAGRAPH);
      texts
          .get(key.typist())
          .update(
              text -> {
                int place = Math.min(from, text.length());
                int deleted = Math.min(edit.deleted(), text.length() - place);
                return TextOperation.replace(place, deleted, edit.inserted());
              })
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    for (var text : texts) {
      text.whenSaved().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    waitForTheSame(texts);
    return keys.size();
  }

  /** Asks nobody, since what is asked would be counted. */
  private static void waitForTheSame(List<SharedDocument<Text, TextOperation>> texts) {
    long head = texts.stream().mapToLong(SharedDocument::revision).max().orElseThrow();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (texts.stream().anyMatch(text -> text.revision() < head)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not everybody came to revision " + head);
      }
      LockSupport.parkNanos(1_000_000);
    }
    Text state = texts.get(0).state();
    if (texts.stream().anyMatch(text -> !text.state().equals(state))) {
      throw new IllegalStateException("the texts differ");
    }
  }
}
