package dev.collab.simulation;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Presences that are told of wrongly, on the wire or by the coordinator. */
final class PresenceDefects {

  private static final String SHOWN = "{\"a\":\"p\",\"ch\":";
  private static final Pattern ENDED =
      Pattern.compile("\\{\"a\":\"p\",[^{}]*\"p\":null[^{}]*\\},?");
  private static final Pattern VERSION = Pattern.compile("\"pv\":(\\d+)");
  private static final Pattern NAME = Pattern.compile("\"name\":\"client \\d+\"");

  private PresenceDefects() {}

  /** Does not hear that anybody is gone. */
  static final class Immortal implements Variant.Wire {

    @Override
    public List<String> toClient(String frame) {
      if (frame.startsWith("[")) {
        String left = ENDED.matcher(frame).replaceAll("").replace(",]", "]");
        return left.equals("[]") ? List.of() : List.of(left);
      }
      return ENDED.matcher(frame).matches() ? List.of() : List.of(frame);
    }
  }

  /** Now and then gets the first that anybody showed once more, with a higher number. */
  static final class Echo implements Variant.Wire {

    private @Nullable String first;
    private int presences;

    @Override
    public void reconnected() {
      first = null;
    }

    @Override
    public List<String> toClient(String frame) {
      if (!frame.startsWith(SHOWN) || frame.contains("\"p\":null")) {
        return List.of(frame);
      }
      if (first == null) {
        first = frame;
      }
      return ++presences % 10 == 0 ? List.of(frame, newest(first)) : List.of(frame);
    }

    private static String newest(String frame) {
      Matcher matcher = VERSION.matcher(frame);
      return matcher.replaceFirst(found -> "\"pv\":" + (Long.parseLong(found.group(1)) + 1_000));
    }
  }

  /** Sees everybody under one name. */
  static final class Masquerade implements Variant.Wire {

    @Override
    public List<String> toClient(String frame) {
      return List.of(
          frame.startsWith(SHOWN)
              ? NAME.matcher(frame).replaceFirst("\"name\":\"client 1\"")
              : frame);
    }
  }

  /** Lasts for ever. */
  static final class EternalLeases extends Delegate {

    EternalLeases(Leases sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Boolean> renew(String owner, Duration duration) {
      return super.renew(owner, Duration.ofDays(1));
    }
  }

  /** Takes nothing away, and says that it is done. */
  static final class StickyLeases extends Delegate {

    StickyLeases(Leases sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Boolean> remove(String owner, String key, String field) {
      return CompletableFuture.completedStage(true);
    }
  }

  /** Keeps all rules. */
  private abstract static class Delegate implements Leases {

    private final Leases sound;

    Delegate(Leases sound) {
      this.sound = sound;
    }

    @Override
    public CompletionStage<Boolean> renew(String owner, Duration duration) {
      return sound.renew(owner, duration);
    }

    @Override
    public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
      return sound.put(owner, key, field, value);
    }

    @Override
    public CompletionStage<Boolean> remove(String owner, String key, String field) {
      return sound.remove(owner, key, field);
    }

    @Override
    public CompletionStage<Map<String, Bytes>> get(String key) {
      return sound.get(key);
    }

    @Override
    public CompletionStage<Void> release(String owner) {
      return sound.release(owner);
    }
  }
}
