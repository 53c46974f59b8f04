package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What servers say of presences, rooms and rights is read as it was written. */
class NoticeRoundTripTest {

  private final JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  @Property(tries = 3000)
  void notice_any_readsBack(@ForAll("notices") ServerMessage message) {
    List<ServerMessage> read = codec.decodeServerFrame(codec.encode(message));

    assertThat(read).containsExactly(message);
    assertThat(read.get(0)).hasSameHashCodeAs(message);
    assertThat(read.get(0).kind()).isEqualTo(message.kind());
  }

  @Property(tries = 500)
  void presence_inTheBaseDialect_readsBackWithoutWhoAndHow(
      @ForAll("presences") PresenceState state) {
    JsonCodec base = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
    PresenceState read = (PresenceState) base.decodeServerFrame(base.encode(state)).get(0);

    assertThat(read.value()).isEqualTo(state.value());
    assertThat(read.base()).isEqualTo(state.base());
    assertThat(read.user()).isEmpty();
    assertThat(read.status()).isEmpty();
    assertThat(read.idle()).isEmpty();
  }

  @Provide
  Arbitrary<ServerMessage> notices() {
    Arbitrary<Long> integers = Values.integers();
    return Arbitraries.oneOf(
        presences(),
        presences()
            .list()
            .ofMaxSize(3)
            .map(
                states ->
                    new PresenceNotice.Done(
                        ClientMessage.Kind.PRESENCE_SUBSCRIBE, "x", states.size(), states)),
        Combinators.combine(Values.names(), integers)
            .as(
                (channel, sequence) ->
                    new PresenceNotice.Done(
                        ClientMessage.Kind.PRESENCE_UNSUBSCRIBE, channel, sequence, List.of())),
        Values.names().map(PresenceNotice.Wanted::new),
        Arbitraries.oneOf(
            durations().map(AuthReply::expiring), Arbitraries.just(AuthReply.forEver())),
        Combinators.combine(Values.names(), Values.names(), Arbitraries.of(Permission.values()))
            .as(ServerMessage.Access::new),
        rooms(),
        errors());
  }

  private static Arbitrary<ServerMessage> rooms() {
    Arbitrary<String> names = Values.names();
    Arbitrary<Long> integers = Values.integers();
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        Combinators.combine(names, integers, objects(), objects().list().ofMaxSize(3))
            .as(ChatNotice.State::new),
        Combinators.combine(names, integers).as(ChatNotice.Done::subscribed),
        names.map(ChatNotice.Done::unsubscribed),
        Combinators.combine(names, integers, integers, objects()).as(ChatNotice.Acknowledged::new),
        Combinators.combine(names, integers, objects()).as(ChatNotice.Event::new),
        Combinators.combine(names, integers, objects().list().ofMaxSize(3), flags)
            .as(ChatNotice.Page::new),
        names.map(ChatNotice.TypingDone::new),
        Combinators.combine(names, users(), flags).as(ChatNotice.Typing::new),
        Combinators.combine(names, integers).as(ChatNotice.Read::new),
        Combinators.combine(names, Arbitraries.of(Permission.values())).as(ChatNotice.Access::new));
  }

  private static Arbitrary<ServerMessage> errors() {
    return Combinators.combine(objects(), Values.names(), durations())
        .as(
            (request, code, time) ->
                ErrorReply.of(request, new WireError(code, "message").withRetryAfter(time)));
  }

  @Provide
  Arbitrary<PresenceState> presences() {
    Arbitrary<PresenceBase> places =
        Combinators.combine(Values.names(), Values.names(), Values.integers(), Values.names())
            .as(PresenceBase::new);
    return Combinators.combine(
            Combinators.combine(
                    Values.names(),
                    Values.names(),
                    Values.names(),
                    Values.integers(),
                    Values.json())
                .as(PresenceState::builder),
            places.optional(),
            users().optional(),
            Arbitraries.of(Status.values()).optional(),
            durations().optional())
        .as(
            (builder, place, user, status, idle) -> {
              place.ifPresent(builder::base);
              user.ifPresent(builder::user);
              status.ifPresent(builder::status);
              idle.ifPresent(builder::idle);
              return builder.build();
            });
  }

  private static Arbitrary<User> users() {
    Arbitrary<String> names = Values.names().ofMinLength(1);
    return Combinators.combine(names, names, Arbitraries.of("", "#abc", "#012DEF"))
        .as(
            (id, name, color) ->
                color.isEmpty() ? User.of(id, name) : User.of(id, name).withColor(color));
  }

  private static Arbitrary<Duration> durations() {
    return Values.integers().map(Duration::ofMillis);
  }

  private static Arbitrary<JsonObject> objects() {
    return Arbitraries.maps(Values.texts(), Values.json()).ofMaxSize(3).map(JsonObject::new);
  }
}
