package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
        new ObjectMapper()
            .readTree(folder.resolve("b.json").toFile())
            .path("benchmarks")
            .path(0)
            .path("timings");
    assertThat(timings).hasSize(3);
    assertThat(timings.path(0).path("milliseconds").asDouble()).isPositive();
    String again =
        "bench --backends scratch --hidden 5 --vocabulary 11 --batch 2 --steps 3 --rounds 1";
    Outcome against =
        Program.in(folder).run((again + " --cells gru --against b.json").split(" ")).requireDone();
    assertThat(against.out())
        .containsPattern("\nSince \\d{4}-\\d\\d-\\d\\d, JDK .+:\n")
        .containsPattern("\n[01] of 1 are more than 3 % slower\n$");
    assertThat(Program.in(folder).run((again + " --cells rnn --against b.json").split(" ")).err())
        .isEqualTo(
            "lyricist: b.json: it has none of these steps; time some that it has, with the options"
                + " that it was made with\n");
  }

  /** With a Python that answers as the real one does, which is in few places where tests run. */
  @Test
  void pytorchsOwnModulesTakeTurnsWithTheEngines() throws IOException {
    Path python =
        Files.writeString(
            folder.resolve("python"),
            """
            #!/bin/sh
            [ "$1 $3 $4" = '-c --threads 1' ] || exit 3
            case $2 in *nn.LSTM*) ;; *) exit 3 ;; esac
            echo '= PyTorch 0, its own modules'
            while read -r question; do
              case $question in
                'load lstm 5 11 2 3 5 2') echo '= loaded' ;;
                'steps 1') echo '= 4' ;;
                steps*) echo '= 4 4 4 4 4' ;;
                memory) echo '= 7000000' ;;
                product) echo '= 12.4' ;;
              esac
            done
            """);
    assertThat(python.toFile().setExecutable(true)).isTrue();
    String shape = "--cells=lstm --layers=2 --hidden=5 --vocabulary=11 --batch=2 --steps=3";
    Outcome outcome =
        Program.in(folder)
            .run(
                Stream.concat(
                        Stream.of("bench", "--backends=scratch", "--threads=1", "--rounds=1"),
                        Stream.concat(
                            Stream.of(shape.split(" ")), Stream.of("--pytorch", python.toString())))
                    .toArray(String[]::new));
    assertThat(outcome.requireDone().out())
        .contains("12 by pytorch", "- `pytorch`: PyTorch 0, its own modules")
        .containsPattern("\\| lstm, L=2, H=5, E=5, V=11, B=2, T=3 \\| `scratch` \\| \\d")
        .contains("| lstm, L=2, H=5, E=5, V=11, B=2, T=3 | `pytorch` | 4.00 | 4.00–4.00 | ");
  }

  @Test
  void anotherProgramTakesTurnsWithTheEngines() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("other"),
            """
            #!/bin/sh
            [ "$*" = '--threads 1' ] || exit 3
            echo started >>started
            echo '= Other 0, one-hot'
            while read -r question; do
              case $question in
                'load rnn 5 11 2 3 0 1') echo 'it prints, too'; echo '= loaded' ;;
                load\\ gru*) echo '= no such cell' ;;
                load*) echo "other: no ${question#load }" >&2; exit 2 ;;
                'steps 1') echo '= 4' ;;
                steps*) echo '= 4 4 4 4 4' ;;
                memory) echo '= ' ;;
                product) echo '= 0' ;;
              esac
            done
            """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    String options =
        "bench --backends=scratch --threads=1 --processes=2 --rounds=1 --hidden=5 --vocabulary=11 --batch=2"
            + " --steps=3 --cells=%s --other="
            + program;
    Outcome done = Program.in(folder).run(options.formatted("rnn,gru").split(" ")).requireDone();
    assertThat(done.err()).containsOnlyOnce("without other: no such cell\n");
    // Twice for the rnn, and once for the gru, which it then says it can't.
    assertThat(folder.resolve("started")).content().hasLineCount(3);
    assertThat(done.out())
        .contains("- `other`: Other 0, one-hot")
        .contains("| rnn, H=5, V=11, B=2, T=3 | `other` | 4.00 | 4.00–4.00 | ")
        .contains("| gru, H=5, V=11, B=2, T=3 | `scratch` | ")
        .doesNotContain("| gru, H=5, V=11, B=2, T=3 | `other` | ")
        .containsPattern("GFLOP/s: \\d+ by scratch\\n");
    Outcome refused = Program.in(folder).run(options.formatted("lstm").split(" "));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .endsWith(
            """
            other: no lstm 5 11 2 3 0 1
            lyricist: the engine other ended early; what it said is above
            """);
  }

  @Test
  void anotherProgramThatIsNotThereIsNamed() {
    Outcome outcome = Program.in(folder).run("bench", "--backends=scratch", "--other=no/program");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith(
            "lyricist: --other no/program: it can't be started; name a program such as"
                + " benchmarks/dl4j\n");
  }

  @Test
  void aPythonThatIsNotThereIsNamed() {
    Outcome outcome = Program.in(folder).run("bench", "--backends=scratch", "--pytorch=/no/python");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith(
            "lyricist: --pytorch /no/python: it can't be started; name a Python that has PyTorch,"
                + " such as /usr/bin/python3\n");
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
