package dev.collab.document;

import dev.collab.operation.CollabException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.OperationTypes;
import dev.collab.value.JsonBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A compact, deterministic form of entries and snapshots, for tests of the engines alone. */
public final class TestEntryCodec implements EntryCodec {

  private static final int VERSION = 1;

  private final OperationTypes types;

  public TestEntryCodec(OperationTypes types) {
    this.types = types;
  }

  @Override
  public byte[] encode(CommittedOperation entry) {
    return write(
        out -> {
          out.writeUTF(entry.id().client().value());
          out.writeLong(entry.id().sequence());
          out.writeLong(entry.baseRevision());
          writeTime(out, entry.committedAt());
          Payload payload = entry.payload();
          out.writeByte(payload.kind().ordinal());
          if (payload instanceof Payload.Create create) {
            out.writeUTF(create.type().uri());
            JsonBytes.write(create.data(), out);
          } else if (payload instanceof Payload.Edit<?> edit) {
            writeEdit(out, edit);
          }
        });
  }

  private static <O extends Operation> void writeEdit(DataOutputStream out, Payload.Edit<O> edit)
      throws IOException {
    out.writeUTF(edit.type().uri());
    JsonBytes.write(edit.type().encodeOperation(edit.operation()), out);
    JsonBytes.write(edit.type().encodeOperation(edit.inverse()), out);
  }

  @Override
  public CommittedOperation decode(byte[] encoded) {
    return read(
        encoded,
        in -> {
          OperationId id = new OperationId(new ClientId(in.readUTF()), in.readLong());
          long baseRevision = in.readLong();
          Instant time = readTime(in);
          return new CommittedOperation(id, baseRevision, readPayload(in), time);
        });
  }

  private Payload readPayload(DataInputStream in) throws IOException {
    return switch (Payload.Kind.values()[in.readByte()]) {
      case CREATE -> new Payload.Create(type(in.readUTF()), JsonBytes.read(in));
      case EDIT -> readEdit(type(in.readUTF()), in);
      case DELETE -> new Payload.Delete();
      case NONE -> new Payload.None();
    };
  }

  private static <O extends Operation> Payload readEdit(
      OperationType<?, O> type, DataInputStream in) throws IOException {
    O operation = type.decodeOperation(JsonBytes.read(in));
    return new Payload.Edit<>(type, operation, type.decodeOperation(JsonBytes.read(in)));
  }

  @Override
  public byte[] encodeSnapshot(Snapshot snapshot) {
    return write(
        out -> {
          out.writeLong(snapshot.epoch());
          out.writeLong(snapshot.revision());
          out.write(snapshot.hash().toByteArray());
          writeTime(out, snapshot.modifiedAt());
          out.writeLong(snapshot.evictedUpTo());
          Map<String, LastSubmission> rows = new TreeMap<>();
          snapshot.submissions().forEach((client, row) -> rows.put(client.value(), row));
          out.writeInt(rows.size());
          for (Map.Entry<String, LastSubmission> row : rows.entrySet()) {
            out.writeUTF(row.getKey());
            out.writeLong(row.getValue().sequence());
            out.writeLong(row.getValue().revision());
            out.writeBoolean(row.getValue().voided());
          }
          out.writeBoolean(snapshot.content().isPresent());
          if (snapshot.content().isPresent()) {
            out.writeUTF(snapshot.content().get().type().uri());
            JsonBytes.write(snapshot.content().get().encodedState(), out);
          }
        });
  }

  @Override
  public Snapshot decodeSnapshot(byte[] encoded) {
    return read(
        encoded,
        in -> {
          long epoch = in.readLong();
          long revision = in.readLong();
          ChainHash hash = ChainHash.of(in.readNBytes(ChainHash.BYTES));
          Instant modifiedAt = readTime(in);
          long evictedUpTo = in.readLong();
          Map<ClientId, LastSubmission> rows = new HashMap<>();
          for (int i = in.readInt(); i > 0; i--) {
            ClientId client = new ClientId(in.readUTF());
            rows.put(client, new LastSubmission(in.readLong(), in.readLong(), in.readBoolean()));
          }
          Optional<Content<?, ?>> content =
              in.readBoolean()
                  ? Optional.of(Content.create(type(in.readUTF()), JsonBytes.read(in)))
                  : Optional.empty();
          return new Snapshot(epoch, revision, hash, content, rows, evictedUpTo, modifiedAt);
        });
  }

  private OperationType<?, ?> type(String uri) {
    return types.find(uri).orElseThrow(() -> new CorruptLogException("unknown type " + uri));
  }

  private static void writeTime(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant readTime(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> T read(byte[] encoded, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readByte() != VERSION) {
        throw new CorruptLogException("unknown version");
      }
      T value = reader.read(in);
      if (in.read() >= 0) {
        throw new CorruptLogException("more bytes than one value has");
      }
      return value;
    } catch (IOException | CollabException | IllegalArgumentException e) {
      throw new CorruptLogException("not what was written", e);
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptLogException("unknown kind", e);
    }
  }
}
