package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of the packaged program that is told to stop keeps what it has. */
class EndToEndInterruptionTest {

  @ParameterizedTest
  @CsvSource({"INT, 130, false", "INT, 130, true", "TERM, 143, false"})
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
  }
}
