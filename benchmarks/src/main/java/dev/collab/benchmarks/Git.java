package dev.collab.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The installed git, which is asked to merge files. */
final class Git {

  /**
   * What git made of three files.
   *
   * @param text the merged text, with markers where there are conflicts
   * @param conflicts their number
   */
  record Merged(String text, int conflicts) {}

  private final Path folder;

  /**
   * Prepares.
   *
   * @param folder where to put files
   */
  Git(Path folder) {
    this.folder = folder;
  }

  /** Returns the version of git, or throws an error if there is none. */
  static String version() throws IOException {
    Process process = new ProcessBuilder("git", "--version").redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  Merged merge(String base, String ours, String theirs) throws IOException {
    Files.writeString(folder.resolve("base"), base);
    Files.writeString(folder.resolve("ours"), ours);
    Files.writeString(folder.resolve("theirs"), theirs);
    Path output = folder.resolve("merged");
    Process process =
        new ProcessBuilder("git", "merge-file", "-p", "-q", "ours", "base", "theirs")
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("git merge-file did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (process.exitValue() > 127) {
      throw new IOException("git merge-file failed with status " + process.exitValue());
    }
    return new Merged(Files.readString(output), process.exitValue());
  }
}
