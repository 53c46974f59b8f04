package dev.collab.benchmarks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session. The file is JSON, gzipped if its name ends in {@code .gz}: {@code
 * {startContent, endContent, txns: [{patches: [[position, deleted, inserted], …]}, …]}}, with
 * positions that count code points. Here they count UTF-16 code units.
 *
 * @param name the file's name without its endings
 * @param start the text at first
 * @param end the text after all edits
 * @param edits what was done, one after the other
 */
record Trace(String name, String start, String end, List<Edit> edits) {

  /**
   * One edit.
   *
   * @param position where it is
   * @param deleted how many units it removes there
   * @param inserted what it puts there
   */
  record Edit(int position, int deleted, String inserted) {}

  Trace {
    edits = List.copyOf(edits);
  }

  /** Reads a trace. */
  static Trace read(Path file) throws IOException {
    String fileName = requireNonNull(file.getFileName(), "file name").toString();
    Reader reader = new Reader();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        InputStream json = fileName.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        JsonParser parser = new JsonFactory().createParser(json)) {
      reader.read(parser);
    }
    String name = fileName.replaceFirst("(\\.json)?(\\.gz)?$", "");
    return new Trace(name, reader.start, reader.end, inUnits(reader.start, reader.edits));
  }

  /** Throws an error unless {@code result} is the text after all edits. */
  void check(String result) {
    if (!end.equals(result)) {
      throw new IllegalStateException(
          "%s: wrong text of %d units, expected %d".formatted(name, result.length(), end.length()));
    }
  }

  /** Counts units instead of code points; they differ from the first surrogate pair on. */
  private static List<Edit> inUnits(String start, List<Edit> inCodePoints) {
    boolean differ = hasSurrogate(start);
    StringBuilder text = new StringBuilder(start);
    List<Edit> inUnits = new ArrayList<>(inCodePoints.size());
    for (Edit edit : inCodePoints) {
      Edit converted = edit;
      if (differ) {
        int from = text.offsetByCodePoints(0, edit.position);
        int to = text.offsetByCodePoints(from, edit.deleted);
        converted = new Edit(from, to - from, edit.inserted);
      }
      inUnits.add(converted);
      int from = converted.position;
      text.replace(from, from + converted.deleted, converted.inserted);
      differ |= hasSurrogate(edit.inserted);
    }
    return inUnits;
  }

  private static boolean hasSurrogate(String text) {
    return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
  }

  private static final class Reader {

    private String start = "";
    private String end = "";
    private final List<Edit> edits = new ArrayList<>();

    void read(JsonParser parser) throws IOException {
      expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "startContent" -> start = parser.nextTextValue();
          case "endContent" -> end = parser.nextTextValue();
          case "txns" -> readTransactions(parser);
          default -> skip(parser);
        }
      }
    }

    private void readTransactions(JsonParser parser) throws IOException {
      expect(parser, JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          if (parser.currentName().equals("patches")) {
            readPatches(parser, edits);
          } else {
            skip(parser);
          }
        }
      }
    }
  }

  /** Reads the patches of one transaction; their positions count code points. */
  static void readPatches(JsonParser parser, List<Edit> edits) throws IOException {
    expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      expect(parser, JsonToken.VALUE_NUMBER_INT);
      int position = parser.getIntValue();
      expect(parser, JsonToken.VALUE_NUMBER_INT);
      int deleted = parser.getIntValue();
      expect(parser, JsonToken.VALUE_STRING);
      edits.add(new Edit(position, deleted, parser.getText()));
      expect(parser, JsonToken.END_ARRAY);
    }
  }

  static void skip(JsonParser parser) throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  static void expect(JsonParser parser, JsonToken token) throws IOException {
    if (parser.nextToken() != token) {
      throw new IOException(
          "not a trace: "
              + parser.currentToken()
              + " instead of "
              + token
              + " at "
              + parser.currentTokenLocation().offsetDescription());
    }
  }
}
