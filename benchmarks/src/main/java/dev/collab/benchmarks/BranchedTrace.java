package dev.collab.benchmarks;

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
 * A recorded history with branches. The file is gzipped JSON: {@code {endContent, txns: [{parents:
 * [index, …], patches: [[position, deleted, inserted], …]}, …]}}. A transaction's positions are
 * those of the text with exactly its ancestors applied. ASCII only.
 *
 * @param end the text after all transactions
 * @param transactions what was done, each behind its parents
 */
record BranchedTrace(String end, List<Transaction> transactions) {

  /**
   * Edits made one after the other by one author.
   *
   * @param parents the transactions that the author knew, without their ancestors
   * @param edits what was done
   */
  record Transaction(List<Integer> parents, List<Trace.Edit> edits) {

    Transaction {
      parents = List.copyOf(parents);
      edits = List.copyOf(edits);
    }
  }

  BranchedTrace {
    transactions = List.copyOf(transactions);
  }

  static BranchedTrace read(Path file) throws IOException {
    String end = "";
    List<Transaction> transactions = new ArrayList<>();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        InputStream json = new GZIPInputStream(bytes);
        JsonParser parser = new JsonFactory().createParser(json)) {
      Trace.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "endContent" -> end = parser.nextTextValue();
          case "txns" -> {
            Trace.expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
              transactions.add(transaction(parser));
            }
          }
          default -> Trace.skip(parser);
        }
      }
    }
    return new BranchedTrace(end, transactions);
  }

  private static Transaction transaction(JsonParser parser) throws IOException {
    List<Integer> parents = new ArrayList<>();
    List<Trace.Edit> edits = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "patches" -> Trace.readPatches(parser, edits);
        case "parents" -> {
          Trace.expect(parser, JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            parents.add(parser.getIntValue());
          }
        }
        default -> Trace.skip(parser);
      }
    }
    return new Transaction(parents, edits);
  }
}
