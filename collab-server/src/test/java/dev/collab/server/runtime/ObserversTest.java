package dev.collab.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.ServerListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Many listeners are as one, and none of them can do harm. */
class ObserversTest {

  private static final ConnectionInfo CONNECTION = ConnectionInfo.opened(1, "", Instant.EPOCH);

  private final List<String> heard = new ArrayList<>();

  @Test
  void everyMethod_isPassedOnToEveryListener() throws ReflectiveOperationException {
    for (Method method : ServerListener.class.getMethods()) {
      heard.clear();
      Observers observers = new Observers(List.of(recording("a "), recording("b ")));

      method.invoke(observers, new Object[] {null});

      assertThat(heard).containsExactly("a " + method.getName(), "b " + method.getName());
    }
    assertThat(ServerListener.class.getMethods()).hasSizeGreaterThan(10);
  }

  private ServerListener recording(String prefix) {
    return (ServerListener)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServerListener.class},
            (proxy, method, arguments) -> {
              heard.add(prefix + method.getName());
              return null;
            });
  }

  @Test
  void listenerThatThrows_isLoggedAndDisturbsNobody() {
    List<LogRecord> logged = new ArrayList<>();
    Observers observers =
        new Observers(
            List.of(
                new ServerListener() {
                  @Override
                  public void leaseLost(LeaseLost event) {
                    throw new IllegalStateException("mine");
                  }
                },
                recording("")));

    logging(logged, () -> observers.leaseLost(new LeaseLost("presence")));

    assertThat(heard).containsExactly("leaseLost");
    assertThat(logged)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
              assertThat(entry.getThrown()).hasMessage("mine");
            });
  }

  @Test
  void listenerThatHearsNothing_costsNothing() {
    new Observers(List.of(new ServerListener() {})).connectionOpened(CONNECTION);
    new Observers(List.of()).connectionOpened(CONNECTION);
  }

  private static void logging(List<LogRecord> into, Runnable task) {
    Logger logger = Logger.getLogger(Observers.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            into.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      task.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }
}
