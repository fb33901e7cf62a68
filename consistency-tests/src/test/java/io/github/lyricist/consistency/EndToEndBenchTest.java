package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The speed table: its form, not its figures. */
class EndToEndBenchTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @Test
  void timesEachEngine() throws IOException {
    Outcome outcome =
        Program.in(folder)
            .run(
                "bench",
                "--backends",
                "scratch,nd4j,djl",
                "--cells",
                "gru",
                "--hidden",
                "5",
                "--vocabulary",
                "11",
                "--batch",
                "2",
                "--steps",
                "3",
                "--rounds",
                "2",
                "--json",
                "b.json");
    assertThat(outcome.requireDone().out())
        .containsPattern("GFLOP/s: \\d+ by scratch, \\d+ by nd4j, \\d+ by djl")
        .containsPattern("\\| gru, H=5, V=11, B=2, T=3 \\| `djl` \\| \\d+\\.\\d+ \\| ")
        .contains("- `nd4j`: ND4J 1.0.0-M2.1")
        .containsPattern("- .+, \\d+ cores, JDK " + Runtime.version().feature());
    JsonNode timings =
        new ObjectMapper().readTree(folder.resolve("b.json").toFile()).path(0).path("timings");
    assertThat(timings).hasSize(3);
    assertThat(timings.path(0).path("milliseconds").asDouble()).isPositive();
  }

  @Test
  void refusesWhatItCannotTime() {
    for (String option : new String[] {"--hidden=0", "--rounds=0", "--cells=cnn"}) {
      Outcome outcome = Program.in(folder).run("bench", option);
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
      assertThat(outcome.err()).contains(option.substring(0, option.indexOf('=')));
    }
  }
}
