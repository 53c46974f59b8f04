package dev.collab.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace file of four edits, named as the one that the target T1 is about. */
final class TinyTrace {

  private TinyTrace() {}

  static Path write(Path folder) throws IOException {
    Path file = folder.resolve(Targets.PAPER + ".json");
    Files.writeString(
        file,
        """
        {"startContent": "", "endContent": "Hello!", "txns": [
          {"patches": [[0, 0, "Helo"], [2, 0, "l"]]},
          {"patches": [[5, 0, "?"], [5, 1, "!"]]}]}
        """);
    return file;
  }
}
