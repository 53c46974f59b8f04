package dev.collab.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.collab.document.ChainHash;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.CorruptLogException;
import dev.collab.document.EntryCodec;
import dev.collab.document.LastSubmission;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Snapshot;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.OperationTypes;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored form of log entries and snapshots: JSON in UTF-8, the members of objects sorted, with
 * a format version as first member. {@code docs/protocol.md} describes it. Equal values give equal
 * bytes.
 *
 * <p>Every version ever released is read for as long as the library says so; an unknown one gives a
 * {@link StorageFormatException}, anything else that is not as written a {@link
 * CorruptLogException}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class StorageCodec implements EntryCodec {

  /** The version that is written. */
  public static final int VERSION = 1;

  private static final int OLDEST_VERSION = 1;

  private static final WireLimits NO_LIMITS =
      WireLimits.builder()
          .frame(Integer.MAX_VALUE)
          .depth(JsonReader.MAX_DEPTH)
          .string(Integer.MAX_VALUE)
          .name(Integer.MAX_VALUE)
          .values(Integer.MAX_VALUE)
          .build();

  private final OperationTypes types;
  private final JsonReader reader = new JsonReader(NO_LIMITS);

  /**
   * Creates a codec.
   *
   * @param types the types that documents may have
   */
  public StorageCodec(OperationTypes types) {
    this.types = requireNonNull(types, "types");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the base revision or the time is not within ±(2^53 − 1),
   *     the time in seconds since 1970
   */
  @Override
  public byte[] encode(CommittedOperation entry) {
    StringBuilder out = start();
    JsonWriter.appendString(out.append(",\"src\":"), entry.id().client().value());
    out.append(",\"seq\":").append(entry.id().sequence());
    out.append(",\"v\":").append(Members.checkInteger("base revision", entry.baseRevision()));
    appendTime(out, entry.committedAt());
    Payload payload = entry.payload();
    switch (payload.kind()) {
      case CREATE -> {
        Payload.Create create = (Payload.Create) payload;
        JsonWriter.appendString(out.append(",\"type\":"), create.type().uri());
        JsonWriter.appendSorted(out.append(",\"create\":"), create.data());
      }
      case EDIT -> appendEdit(out, (Payload.Edit<?>) payload);
      case DELETE -> out.append(",\"del\":true");
      case NONE -> {}
    }
    return finish(out);
  }

  private static <O extends Operation> void appendEdit(StringBuilder out, Payload.Edit<O> edit) {
    OperationType<?, O> type = edit.type();
    JsonWriter.appendString(out.append(",\"type\":"), type.uri());
    JsonWriter.appendSorted(out.append(",\"op\":"), type.encodeOperation(edit.operation()));
    JsonWriter.appendSorted(out.append(",\"inv\":"), type.encodeOperation(edit.inverse()));
  }

  @Override
  public CommittedOperation decode(byte[] encoded) {
    return guarded("entry", () -> entry(read(encoded)));
  }

  private CommittedOperation entry(Members members) {
    return new CommittedOperation(
        new OperationId(new ClientId(members.anyString("src")), members.integer("seq")),
        members.integer("v"),
        payload(members),
        time(members));
  }

  private Payload payload(Members members) {
    if (members.has("create")) {
      return new Payload.Create(type(members), members.required("create"));
    } else if (members.has("op")) {
      return edit(type(members), members);
    } else if (members.has("del")) {
      return new Payload.Delete();
    }
    return new Payload.None();
  }

  private static <O extends Operation> Payload.Edit<O> edit(
      OperationType<?, O> type, Members members) {
    return new Payload.Edit<>(
        type,
        type.decodeOperation(members.required("op")),
        type.decodeOperation(members.required("inv")));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a revision, the epoch or the time is not within ±(2^53 −
   *     1), the time in seconds since 1970
   */
  @Override
  public byte[] encodeSnapshot(Snapshot snapshot) {
    StringBuilder out = start();
    out.append(",\"epoch\":").append(Members.checkInteger("epoch", snapshot.epoch()));
    out.append(",\"v\":").append(Members.checkInteger("revision", snapshot.revision()));
    out.append(",\"hash\":\"").append(snapshot.hash()).append('"');
    appendTime(out, snapshot.modifiedAt());
    if (snapshot.content().isPresent()) {
      Content<?, ?> content = snapshot.content().get();
      JsonWriter.appendString(out.append(",\"type\":"), content.type().uri());
      JsonWriter.appendSorted(out.append(",\"data\":"), content.encodedState());
    }
    if (snapshot.createdAt() > 1) { // nothing was before a creation that came first
      out.append(",\"created\":").append(Members.checkInteger("created", snapshot.createdAt()));
    }
    out.append(",\"evicted\":")
        .append(Members.checkInteger("evicted revision", snapshot.evictedUpTo()));
    out.append(",\"clients\":[");
    List<Map.Entry<ClientId, LastSubmission>> rows =
        snapshot.submissions().entrySet().stream()
            .sorted(Comparator.comparing(row -> row.getKey().value()))
            .toList();
    String separator = "";
    for (Map.Entry<ClientId, LastSubmission> row : rows) {
      LastSubmission last = row.getValue();
      JsonWriter.appendString(out.append(separator).append('['), row.getKey().value());
      out.append(',').append(Members.checkInteger("sequence", last.sequence()));
      out.append(',').append(Members.checkInteger("revision", last.revision()));
      out.append(',').append(last.voided()).append(']');
      separator = ",";
    }
    return finish(out.append(']'));
  }

  @Override
  public Snapshot decodeSnapshot(byte[] encoded) {
    return guarded("snapshot", () -> snapshot(read(encoded)));
  }

  private Snapshot snapshot(Members members) {
    Map<ClientId, LastSubmission> submissions = new HashMap<>();
    for (JsonValue row : members.array("clients").elements()) {
      if (!(row instanceof JsonArray array)
          || array.elements().size() != 4
          || !(array.elements().get(0) instanceof JsonString client)
          || !(array.elements().get(3) instanceof JsonBoolean voided)) {
        throw new CorruptLogException("a row of clients is not [id, sequence, revision, voided]");
      }
      submissions.put(
          new ClientId(client.value()),
          new LastSubmission(
              Members.integer("a sequence", array.elements().get(1)),
              Members.integer("a revision", array.elements().get(2)),
              voided == JsonBoolean.TRUE));
    }
    Snapshot snapshot =
        new Snapshot(
            members.integer("epoch"),
            members.integer("v"),
            ChainHash.of(HexFormat.of().parseHex(members.string("hash"))),
            members.has("type")
                ? Optional.of(Content.create(type(members), members.required("data")))
                : Optional.empty(),
            submissions,
            members.integer("evicted"),
            time(members));
    return snapshot.withCreatedAt(members.optionalInteger("created").orElse(0));
  }

  private OperationType<?, ?> type(Members members) {
    return types
        .find(members.string("type"))
        .orElseThrow(() -> new CorruptLogException("the type of the document is not known"));
  }

  private static StringBuilder start() {
    return new StringBuilder(160).append("{\"format\":").append(VERSION);
  }

  private static byte[] finish(StringBuilder out) {
    return out.append('}').toString().getBytes(UTF_8);
  }

  private static void appendTime(StringBuilder out, Instant time) {
    long seconds = time.getEpochSecond();
    if (Math.abs(seconds) > Members.MAX_INTEGER) {
      throw new IllegalArgumentException("time " + time + " is too far away");
    }
    out.append(",\"t\":[").append(seconds).append(',').append(time.getNano()).append(']');
  }

  private static Instant time(Members members) {
    List<JsonValue> parts = members.array("t").elements();
    if (parts.size() != 2 || !(parts.get(0) instanceof JsonValue.JsonNumber seconds)) {
      throw new CorruptLogException("member t is not [seconds, nanoseconds]");
    }
    return Instant.ofEpochSecond(
        (long) seconds.value(), Members.integer("nanoseconds", parts.get(1)));
  }

  private Members read(byte[] encoded) throws CharacterCodingException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    if (!(reader.read(text) instanceof JsonObject object)) {
      throw new CorruptLogException("not an object");
    }
    Members members = new Members(object, NO_LIMITS);
    long format = members.integer("format");
    if (format < OLDEST_VERSION || format > VERSION) {
      throw StorageFormatException.of(format, OLDEST_VERSION, VERSION);
    }
    return members;
  }

  private static <T> T guarded(String what, Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (CharacterCodingException
        | ProtocolException
        | InvalidOperationException
        | IllegalArgumentException
        | DateTimeException e) {
      throw new CorruptLogException("stored " + what + " is not readable: " + e.getMessage(), e);
    }
  }

  /** A step of decoding whose errors are to be those of the log. */
  private interface Decoding<T> {
    T run() throws CharacterCodingException;
  }
}
