package dev.collab.tck;

import dev.collab.coordinator.Coordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * The rules of a {@link Coordinator} as tests. Extend it in a test class and say how to open a node
 * and how to let time pass. Every test uses keys of its own, so nodes may share one server over all
 * tests.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public abstract class CoordinatorContract {

  private final List<Coordinator> nodes = new ArrayList<>();

  /** For extension. */
  protected CoordinatorContract() {}

  /**
   * Opens a coordinator over the state that all nodes of a test share. May return the same instance
   * again. The kit closes it after the test.
   *
   * @return a coordinator that is ready
   */
  protected abstract Coordinator openNode();

  /**
   * Lets time pass for leases: returns when a lease of this duration, taken before the call and not
   * renewed, has expired.
   *
   * @param duration how long the lease was asked for
   */
  protected abstract void passTime(Duration duration);

  /** Closes the nodes of a test. */
  @AfterEach
  protected void closeNodes() {
    nodes.forEach(Coordinator::close);
  }

  Coordinator node() {
    Coordinator node = openNode();
    nodes.add(node);
    return node;
  }

  /** C1 and C2: calls in general, and how logs begin. */
  @Nested
  class General extends GeneralRules {
    General() {
      super(CoordinatorContract.this);
    }
  }

  /** C3: the compare-and-append. */
  @Nested
  class Append extends AppendRules {
    Append() {
      super(CoordinatorContract.this);
    }
  }

  /** C4 and C5: reading entries and listing keys. */
  @Nested
  class Read extends ReadRules {
    Read() {
      super(CoordinatorContract.this);
    }
  }

  /** C6: announcements of heads. */
  @Nested
  class Announce extends AnnouncementRules {
    Announce() {
      super(CoordinatorContract.this);
    }
  }

  /** C7, C8 and C9: snapshots, trim and replace. */
  @Nested
  class History extends HistoryRules {
    History() {
      super(CoordinatorContract.this);
    }
  }

  /** C10: broadcasts. */
  @Nested
  class Broadcast extends BroadcastRules {
    Broadcast() {
      super(CoordinatorContract.this);
    }
  }

  /** C11: leases. */
  @Nested
  class Lease extends LeaseRules {
    Lease() {
      super(CoordinatorContract.this);
    }
  }
}
