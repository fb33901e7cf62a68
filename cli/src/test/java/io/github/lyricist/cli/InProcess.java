package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.install.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program in this process, with engines and streams of the test. */
final class InProcess {
  private final BackendProvider[] engines;
  private Path home = Path.of("nowhere");

  /**
   * What a command did.
   *
   * @param exitCode its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Outcome(int exitCode, String out, String err) {}

  InProcess(BackendProvider... engines) {
    this.engines = engines;
  }

  /** With engines that are, or can be, installed there. */
  InProcess installedIn(Path folder) {
    home = folder;
    return this;
  }

  private Installation installation(PrintStream err) {
    return new Installation(
        home, home.resolve("data"), engine -> "lyricist install " + engine, err::println);
  }

  Outcome execute(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    PrintStream errors = new PrintStream(err, true, UTF_8);
    int exitCode =
        LyricistCommand.execute(
            words,
            new PrintStream(out, true, UTF_8),
            errors,
            () -> new BackendRegistry(List.of(engines), installation(errors)),
            () -> installation(errors));
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Writes an experiment on a text of four characters for the engine {@code fake}. */
  static Path experiment(Path folder) throws IOException {
    Files.writeString(folder.resolve("text.txt"), "abcd".repeat(50));
    return Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        name: tiny
        backend: fake
        corpus: {source: text.txt}
        sampler: {batchSize: 4, steps: 5}
        model: {hidden: 3}
        training: {epochs: 2}
        preview: {every: 2, prefixes: [d], length: 3}
        """);
  }
}
