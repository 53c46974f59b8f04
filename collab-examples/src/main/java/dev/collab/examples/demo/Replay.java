package dev.collab.examples.demo;

import dev.collab.client.CollabClient;
import dev.collab.client.SharedDocument;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.text.Text;
import dev.collab.text.TextBuffer;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import dev.collab.websocket.JdkWebSocketTransport;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Types a recorded session into a document through a real WebSocket client and checks the result.
 */
final class Replay {

  private static final int MAX_COMPOSED = 64;

  private final URI endpoint;
  private final Trace trace;
  private final Demo.Speed speed;
  private final PrintWriter out;

  Replay(URI endpoint, Trace trace, Demo.Speed speed, PrintWriter out) {
    this.endpoint = endpoint;
    this.trace = trace;
    this.speed = speed;
    this.out = out;
  }

  /**
   * Types the session into a new document and compares what the server holds with what was
   * recorded.
   *
   * @return whether the texts are equal
   */
  boolean run() throws InterruptedException {
    DocumentId id = new DocumentId("replay", UUID.randomUUID().toString());
    long start = System.nanoTime();
    try (CollabClient typist = CollabClient.builder(JdkWebSocketTransport.to(endpoint)).build()) {
      SharedDocument<Text, TextOperation> document =
          typist.openOrCreate(id, TextType.TEXT, JsonValue.of(trace.startContent()));
      typist.connect();
      document.ready().toCompletableFuture().join();
      type(document);
    } catch (CompletionException e) {
      throw e.getCause() instanceof CollabException cause ? cause : e;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return report(read(id), seconds);
  }

  private void type(SharedDocument<Text, TextOperation> document) throws InterruptedException {
    TextBuffer text = TextBuffer.of(Text.of(trace.startContent()));
    Positions positions = new Positions(text);
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName("typing")
            .setUnit(" edits", 1)
            .setInitialMax(trace.edits().size())
            .setUpdateIntervalMillis(250);
    try (ProgressBar progress = bar.build()) {
      int next = 0;
      while (next < trace.edits().size()) {
        int end = speed == Demo.Speed.MAX ? next + MAX_COMPOSED : next + 1;
        end = Math.min(end, trace.edits().size());
        TextOperation operation = TextOperation.noop();
        for (Trace.Edit edit : trace.edits().subList(next, end)) {
          operation = operation.compose(positions.apply(edit));
        }
        waitUntilRecorded(next);
        TextOperation typed = operation;
        document.update(state -> typed).toCompletableFuture().join();
        if (speed == Demo.Speed.MAX) {
          document.whenSaved().toCompletableFuture().join();
        }
        progress.stepTo(end);
        next = end;
      }
      document.whenSaved().toCompletableFuture().join();
    }
  }

  /** In recorded time, waits as long as the author did before an edit. */
  private void waitUntilRecorded(int index) throws InterruptedException {
    if (speed == Demo.Speed.RECORDED && index > 0) {
      Instant before = trace.edits().get(index - 1).time();
      Duration pause = Duration.between(before, trace.edits().get(index).time());
      TimeUnit.NANOSECONDS.sleep(Math.max(0, pause.toNanos()));
    }
  }

  /** Reads what the server holds, through a client that has seen none of the typing. */
  private String read(DocumentId id) {
    try (CollabClient reader = CollabClient.builder(JdkWebSocketTransport.to(endpoint)).build()) {
      SharedDocument<Text, TextOperation> document = reader.open(id, TextType.TEXT);
      reader.connect();
      return document.ready().toCompletableFuture().join().toString();
    }
  }

  private boolean report(String text, double seconds) {
    out.printf("%d edits in %.2f seconds%n", trace.edits().size(), seconds);
    String expected = trace.endContent();
    if (text.equals(expected)) {
      out.println("OK");
      return true;
    }
    int same = 0;
    while (same < Math.min(text.length(), expected.length())
        && text.charAt(same) == expected.charAt(same)) {
      same++;
    }
    out.printf(
        "first difference at %d: \"%s\" instead of \"%s\"; length %d instead of %d%n",
        same, around(text, same), around(expected, same), text.length(), expected.length());
    return false;
  }

  private static String around(String text, int position) {
    return text.substring(position, Math.min(text.length(), position + 20)).replace("\n", "\\n");
  }

  /** Turns recorded edits, which count code points, into operations, which count UTF-16 units. */
  private static final class Positions {

    private final TextBuffer text;
    private boolean mayHoldPairs;

    Positions(TextBuffer text) {
      this.text = text;
      this.mayHoldPairs = hasSurrogate(text.toString());
    }

    TextOperation apply(Trace.Edit edit) {
      mayHoldPairs = mayHoldPairs || hasSurrogate(edit.inserted());
      int from = edit.position();
      int to = from + edit.deleted();
      if (mayHoldPairs) {
        String all = text.toString();
        from = all.offsetByCodePoints(0, edit.position());
        to = all.offsetByCodePoints(from, edit.deleted());
      }
      text.replace(from, to, edit.inserted());
      return TextOperation.replace(from, to - from, edit.inserted());
    }

    private static boolean hasSurrogate(String text) {
      return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
    }
  }
}
