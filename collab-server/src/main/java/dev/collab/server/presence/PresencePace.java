package dev.collab.server.presence;

import dev.collab.server.access.PresenceTimes;
import java.time.Duration;

/**
 * How often a server looks, so that whatever dies without a word is gone everywhere by the end of
 * the lease, even if nobody hears the broadcast of it. A client is taken for gone after five sixths
 * of the lease; other servers read what is left in the last. The values of a server that has died
 * are gone after three sixths, and others read in the fourth.
 *
 * <p>Immutable.
 */
record PresencePace(PresenceTimes times) {

  static PresencePace of(PresenceTimes times) {
    return new PresencePace(times);
  }

  /** Returns how long a client may be silent before it is asked to show its presences again. */
  Duration askAfter() {
    return sixths(2);
  }

  /** Returns how long a client may be silent before it is taken for gone. */
  Duration silence() {
    return times.silence();
  }

  /** Returns for how long this server's values outlive it. */
  Duration nodeLease() {
    return sixths(3);
  }

  /** Returns the time between two looks at a channel. */
  Duration interval() {
    Duration look = sixths(1);
    Duration idle = times.idleAfter().dividedBy(3);
    return look.compareTo(idle) < 0 ? look : idle;
  }

  /** Returns how long what is gone is remembered, longer than an update is under way. */
  Duration memory() {
    return times.lease().multipliedBy(4);
  }

  /** Returns how long what was broadcast may not be set yet. */
  Duration settingTime() {
    return sixths(1);
  }

  private Duration sixths(int count) {
    return times.lease().multipliedBy(count).dividedBy(6);
  }
}
