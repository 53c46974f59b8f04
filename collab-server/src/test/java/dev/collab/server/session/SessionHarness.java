package dev.collab.server.session;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentRules;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.StorageCodec;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.BroadcastFilter;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.runtime.ConflictPolicy;
import dev.collab.server.runtime.GuardedFilter;
import dev.collab.server.runtime.Observers;
import dev.collab.server.runtime.ServerContext;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A session whose gate is the test's, and which says of each request that it was handled. */
final class SessionHarness {

  final VirtualTime time = new VirtualTime();
  final SlowConnection connection = new SlowConnection();
  final List<Granted> handled = new ArrayList<>();
  int ended;
  final Session session;

  SessionHarness(Gate gate, ServerLimits limits) {
    OperationTypes types = OperationTypes.of(TextType.TEXT);
    ServerContext context =
        new ServerContext(
            InMemoryCoordinator.builder().executor(time).clock(time).build(),
            new DocumentRules(types, new StorageCodec(types), 1_000, 1_000),
            time,
            time,
            time,
            new Random(1),
            limits,
            PresenceTimes.DEFAULT,
            Authenticator.TRANSPORT,
            AccessPolicy.OPEN,
            List.<Interceptor>of(),
            new GuardedFilter(BroadcastFilter.ALL),
            Duration.ZERO,
            LoadPolicy.DEFAULT,
            ConflictPolicy.DEFAULT,
            new Observers(List.of()));
    connection.queued = 0;
    session =
        new Session(
            connection, context, new Sessions(limits), opened -> new Parts(features(), gate));
    say("{'a':'hs','id':null,'protocol':1}");
    connection.sent.clear();
  }

  private Map<ClientMessage.Kind, Feature> features() {
    Feature feature =
        new Feature() {
          @Override
          public void handle(Granted granted) {
            handled.add(granted);
          }

          @Override
          public void closed() {
            ended++;
          }
        };
    return new EnumMap<>(
        Map.of(
            ClientMessage.Kind.FETCH, feature,
            ClientMessage.Kind.SUBSCRIBE, feature,
            ClientMessage.Kind.SUBMIT, feature));
  }

  /** Takes a frame, written with apostrophes for quotation marks. */
  void say(String frame) {
    session.onFrame(frame.replace('\'', '"'));
  }

  /** Fetches a document of this name. */
  void fetch(String... names) {
    for (String name : names) {
      say("{'a':'f','c':'c','d':'" + name + "','v':null}");
    }
  }

  /** The names of the documents whose fetches were handled. */
  List<String> fetched() {
    return handled.stream().map(granted -> name(granted.request())).toList();
  }

  static String name(ClientMessage request) {
    return ((DocumentRequest) request).document();
  }

  List<String> sent() {
    return connection.sent.stream().map(frame -> frame.replace('"', '\'')).toList();
  }
}
