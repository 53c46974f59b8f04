package dev.collab.examples.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

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

  /** Reads one file from front to back. */
  private static final class Reader {

    private final JsonParser parser;
    private final List<Edit> edits = new ArrayList<>();
    private String startContent = "";
    private String endContent = "";
    private Instant time = Instant.EPOCH;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    Trace read() throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        switch (member) {
          case "startContent" -> startContent = parser.getText();
          case "endContent" -> endContent = parser.getText();
          case "txns" -> readTransactions();
          default -> parser.skipChildren();
        }
      }
      return new Trace(startContent, endContent, edits);
    }

    private void readTransactions() throws IOException {
      expect(parser.currentToken(), JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String member = parser.currentName();
          parser.nextToken();
          switch (member) {
            case "time" -> time = Instant.parse(parser.getText());
            case "patches" -> readPatches();
            default -> parser.skipChildren();
          }
        }
      }
    }

    private void readPatches() throws IOException {
      expect(parser.currentToken(), JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT);
        int position = parser.getIntValue();
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT);
        int deleted = parser.getIntValue();
        expect(parser.nextToken(), JsonToken.VALUE_STRING);
        edits.add(new Edit(time, position, deleted, parser.getText()));
        expect(parser.nextToken(), JsonToken.END_ARRAY);
      }
    }

    private void expect(JsonToken found, JsonToken expected) throws IOException {
      if (found != expected) {
        throw new IOException(
            "not a recorded session: %s instead of %s at %s"
                .formatted(found, expected, parser.currentLocation().offsetDescription()));
      }
    }
  }
}
