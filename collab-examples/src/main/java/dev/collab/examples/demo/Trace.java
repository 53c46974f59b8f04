package dev.collab.examples.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A recorded editing session of one author: edits to a text, one after the other.
 *
 * @param startContent the text before the first edit
 * @param endContent the text behind the last edit
 * @param edits the edits in order
 */
record Trace(String startContent, String endContent, List<Edit> edits) {

  /**
   * One edit. Positions and lengths count code points.
   *
   * @param time when it was made; the time of the edit before it if none was recorded
   * @param position where
   * @param deleted how much is deleted there
   * @param inserted what is inserted there
   */
  record Edit(Instant time, int position, int deleted, String inserted) {}

  /**
   * Reads a recorded session.
   *
   * @param file JSON, compressed with gzip if its name ends in {@code .gz}
   * @return the session
   * @throws IOException if the file cannot be read or is not a recorded session
   */
  static Trace read(Path file) throws IOException {
    try {
      return parse(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a recorded session: " + e.getOriginalMessage(), e);
    } catch (ZipException | DateTimeParseException | MalformedTraceException e) {
      throw new IOException(file + " is not a recorded session: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Trace parse(Path file) throws IOException {
    JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        InputStream text =
            file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        JsonParser parser = json.createParser(text)) {
      return new Reader(parser).read();
    }
  }

  /** What was read is not a recorded session. */
  private static final class MalformedTraceException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedTraceException(String message) {
      super(message);
    }
  }

  /** Reads one file from front to back. */
  private static final class Reader {

    private final JsonParser parser;
    private final List<Edit> edits = new ArrayList<>();
    private Optional<String> startContent = Optional.empty();
    private Optional<String> endContent = Optional.empty();
    private Instant time = Instant.EPOCH;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    Trace read() throws IOException {
      expectNext(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "startContent" -> startContent = Optional.of(nextString());
          case "endContent" -> endContent = Optional.of(nextString());
          case "txns" -> readTransactions();
          default -> skipNext();
        }
      }
      if (startContent.isEmpty() || endContent.isEmpty()) {
        throw new MalformedTraceException("it has no startContent or no endContent");
      }
      checkPositions(startContent.get());
      return new Trace(startContent.get(), endContent.get(), edits);
    }

    private void readTransactions() throws IOException {
      expectNext(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          switch (parser.currentName()) {
            case "time" -> time = Instant.parse(nextString());
            case "patches" -> readPatches();
            default -> skipNext();
          }
        }
      }
    }

    private void readPatches() throws IOException {
      expectNext(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        edits.add(new Edit(time, nextInt(), nextInt(), nextString()));
        expectNext(JsonToken.END_ARRAY);
      }
    }

    private void checkPositions(String start) throws IOException {
      long length = start.codePointCount(0, start.length());
      for (int i = 0; i < edits.size(); i++) {
        Edit edit = edits.get(i);
        long end = (long) edit.position() + edit.deleted();
        if (edit.position() < 0 || edit.deleted() < 0 || end > length) {
          throw new MalformedTraceException(
              "edit %d replaces %d from %d on in a text of %d code points"
                  .formatted(i, edit.deleted(), edit.position(), length));
        }
        String inserted = edit.inserted();
        length += inserted.codePointCount(0, inserted.length()) - edit.deleted();
      }
    }

    private int nextInt() throws IOException {
      expectNext(JsonToken.VALUE_NUMBER_INT);
      return parser.getIntValue();
    }

    private String nextString() throws IOException {
      expectNext(JsonToken.VALUE_STRING);
      return parser.getText();
    }

    private void skipNext() throws IOException {
      parser.nextToken();
      parser.skipChildren();
    }

    private void expectNext(JsonToken expected) throws IOException {
      JsonToken found = parser.nextToken();
      if (found != expected) {
        throw new MalformedTraceException(
            "%s instead of %s at %s"
                .formatted(
                    found == null ? "the end" : found,
                    expected,
                    parser.currentLocation().offsetDescription()));
      }
    }
  }
}
