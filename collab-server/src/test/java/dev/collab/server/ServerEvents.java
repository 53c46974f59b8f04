package dev.collab.server;

import dev.collab.server.observe.ServerListener;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Notes everything that a server tells of, whatever it is. */
final class ServerEvents {

  /** One call of a listener. */
  record Told(String method, Object event) {}

  private final List<Told> all = new ArrayList<>();
  private final ServerListener listener =
      (ServerListener)
          Proxy.newProxyInstance(
              ServerListener.class.getClassLoader(),
              new Class<?>[] {ServerListener.class},
              (proxy, method, arguments) -> {
                all.add(new Told(method.getName(), arguments[0]));
                return null;
              });

  ServerListener listener() {
    return listener;
  }

  /** The events of one type, in order. */
  <E> List<E> of(Class<E> type) {
    return all.stream().map(Told::event).filter(type::isInstance).map(type::cast).toList();
  }

  /** The names of the methods that were called, but for those about the coordinator. */
  List<String> names() {
    return all.stream()
        .map(Told::method)
        .filter(method -> !method.startsWith("coordinator"))
        .toList();
  }

  void clear() {
    all.clear();
  }
}
