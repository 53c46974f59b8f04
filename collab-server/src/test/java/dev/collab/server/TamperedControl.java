package dev.collab.server;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Logs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/** A coordinator whose control log is out of reach as long as the test wants. */
final class TamperedControl {

  boolean off;

  Coordinator over(Coordinator target) {
    Logs logs = proxy(Logs.class, (method, arguments) -> call(target.logs(), method, arguments));
    return proxy(
        Coordinator.class,
        (method, arguments) ->
            method.getName().equals("logs") ? logs : method.invoke(target, arguments));
  }

  /** A coordinator whose control log is that of another one. */
  static Coordinator apart(Coordinator target, Coordinator control) {
    Logs logs =
        proxy(
            Logs.class,
            (method, arguments) ->
                method.invoke(
                    "control".equals(arguments[0]) ? control.logs() : target.logs(), arguments));
    return proxy(
        Coordinator.class,
        (method, arguments) ->
            method.getName().equals("logs") ? logs : method.invoke(target, arguments));
  }

  private Object call(Logs logs, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    if (!"control".equals(arguments[0])) {
      return method.invoke(logs, arguments);
    }
    if (off) {
      return CompletableFuture.failedStage(new IllegalStateException("out of reach"));
    }
    if (method.getName().equals("subscribe")) {
      Logs.HeadListener listener = (Logs.HeadListener) arguments[1];
      return logs.subscribe(
          "control",
          (head, entries) -> {
            if (!off) {
              listener.onHead(head, entries);
            }
          });
    }
    return method.invoke(logs, arguments);
  }

  private interface Call {
    Object on(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
