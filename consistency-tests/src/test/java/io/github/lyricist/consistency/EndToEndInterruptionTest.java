package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of the packaged program that is told to stop keeps what it has. */
class EndToEndInterruptionTest {

  private static long lines(Path directory) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("metrics.jsonl"))) {
      return lines.count();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130, false", "INT, 130, true", "TERM, 143, false", "HUP, 129, false"})
  void aSignalEndsARunAndKeepsItsWeights(
      String signal, int exitCode, boolean quiet, @TempDir Path folder)
      throws IOException, InterruptedException {
    TinyExperiment.write(folder);
    Path directory = folder.resolve("r");
    String[] arguments =
        TinyExperiment.run(
            "--out", "r", "--set", "training.epochs=100000000", quiet ? "--quiet" : "--threads=2");
    try (Running running = Program.in(folder).start(arguments)) {
      Outcome outcome =
          running.awaitContent(directory.resolve("metrics.jsonl")).signal(signal).end();
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
      assertThat(outcome.err()).doesNotContain("\tat ");
      if (quiet) {
        assertThat(outcome.err()).isEmpty();
      }
    }
    assertThat(directory.resolve("model.safetensors")).isNotEmptyFile();
    assertThat(new ObjectMapper().readTree(directory.resolve("run.json").toFile()).path("status"))
        .hasToString("\"interrupted\"");
    long epochs = lines(directory);
    Outcome resumed =
        Program.in(folder).run("resume", "r", "--epochs", "" + (epochs + 1)).requireDone();
    assertThat(resumed.err()).contains("resuming r after " + epochs + " epochs");
  }
}
