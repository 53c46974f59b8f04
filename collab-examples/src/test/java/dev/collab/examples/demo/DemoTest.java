package dev.collab.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void replay_ofASession_endsWithOk() throws IOException {
    assertThat(replay(session("x\ud83d\ude00y!"))).isZero();

    assertThat(out.toString()).contains("3 edits in ").endsWith("OK" + System.lineSeparator());
    assertThat(err.toString()).doesNotContain("collab-demo:");
  }

  @Test
  void replay_ofASessionThatEndedOtherwise_tellsTheFirstDifference() throws IOException {
    assertThat(replay(session("x\ud83d\ude00z!"))).isEqualTo(1);

    assertThat(out.toString())
        .contains("first difference at 3: \"y!\" instead of \"z!\"; length 5 instead of 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[1]",
        "{\"foo\":1}",
        "{\"startContent\":\"\",\"endContent\":5,\"txns\":[]}",
        "{\"startContent\":\"\",\"endContent\":\"a\",\"txns\":[{\"patches\":[[0,0,\"a\"",
        "{\"startContent\":\"\",\"endContent\":\"a\",\"txns\":[{\"patches\":[[1,0,\"a\"]]}]}",
        "{\"startContent\":\"\",\"endContent\":\"a\",\"txns\":[{\"patches\":[[0,99999999999,\"a\"]]}]}",
        "{\"startContent\":\"\",\"endContent\":\"\",\"txns\":[{\"time\":\"yesterday\"}]}",
      })
  void replay_ofAnotherFile_failsInOneLine(String content) throws IOException {
    assertThat(replay(content)).isEqualTo(2);

    assertThat(err.toString()).contains("trace.json is not a recorded session: ");
    assertOneLine();
  }

  @Test
  void replay_ofWhatIsNotCompressed_failsInOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("trace.json.gz"), "hello");

    assertThat(run("--port", "0", "--replay", file.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("trace.json.gz is not a recorded session: ");
    assertOneLine();
  }

  @Test
  void replay_ofNoFile_failsInOneLine() {
    assertThat(run("--port", "0", "--replay", directory.resolve("none").toString())).isEqualTo(2);

    assertThat(err.toString()).contains("no such file: ");
    assertOneLine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "65536"})
  void port_thatIsNone_failsInOneLine(String port) {
    assertThat(run("--port=" + port)).isEqualTo(2);

    assertThat(err.toString()).contains(port);
    assertOneLine();
  }

  @Test
  void port_inUse_failsInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(run("--port", port)).isEqualTo(2);

      assertThat(err.toString()).contains("cannot listen at 127.0.0.1 port " + port + ": ");
      assertOneLine();
    }
  }

  @Test
  void help_listsTheOptions() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("--port", "--host", "--replay", "--speed");
  }

  /** Three edits of "xy" that lead to "x😀y!", with positions in code points. */
  private static String session(String end) {
    return "{\"startContent\":\"xy\",\"endContent\":\""
        + end
        + "\",\"txns\":[{\"time\":\"2026-01-01T00:00:00Z\",\"patches\":[[1,0,\"\ud83d\ude00z\"]]},"
        + "{\"patches\":[[2,1,\"\"],[3,0,\"!\"]]}]}";
  }

  private int replay(String content) throws IOException {
    Path file = directory.resolve("trace.json");
    Files.write(file, content.getBytes(UTF_8));
    return run("--port", "0", "--replay", file.toString());
  }

  private int run(String... arguments) {
    return Demo.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void assertOneLine() {
    assertThat(err.toString()).startsWith("collab-demo: ");
    assertThat(err.toString().lines()).hasSize(1);
  }
}
