package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Trajectory;
import io.github.lyricist.training.EpochResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  /** A run of these losses, after each epoch and in as many steps. */
  private static Trajectory run(String name, double seconds, Double... losses) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double loss : losses) {
      int epoch = epochs.size() + 1;
      epochs.add(new EpochResult(epoch, Math.exp(loss), loss, 1.5, seconds, 1, 1, 1, null, null));
    }
    return new Trajectory(name, epochs, List.of(losses));
  }

  private static String table(List<Trajectory> engines, Trajectory twin) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ComparisonTable.print(
        new Comparison(engines, List.of(twin)), new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void showsEachEpochAndTheVerdict() {
    List<Trajectory> engines =
        List.of(run("a", 0.5, 3.0, 2.0, 1.0), run("b", 1, 3.0, 2.00001, 1.5));
    assertThat(table(engines, run("twin", 9, 3.0, 2.00002, 1.1)))
        .isEqualTo(
            """
            epoch                a               b       deviation         allowed
                1        20.085537       20.085537         0.0e+00         1.0e-05
                2         7.389056        7.389130         1.0e-05         2.0e-04
                3         2.718282        4.481689         3.9e-01         9.5e-01  not judged
            s/epoch         0.5000          1.0000
            ratio             1.00            2.00
            they agree in epochs 1 to 2: the largest deviation, relative to what is allowed, is \
            1.0e-05 in epoch 2 between a and b; 2.0e-04 is allowed there
            """);
  }

  @Test
  void saysThatEnginesAreApartAndWhichDiverged() {
    Trajectory healthy = run("a", 1, 3.0, 2.0);
    assertThat(table(List.of(healthy, run("b", 1, 3.0)), healthy))
        .contains("    2         7.389056        diverged        Infinity         1.0e-05\n")
        .endsWith(
            "they do NOT agree in epochs 1 to 2: the largest deviation, relative to what is"
                + " allowed, is Infinity in epoch 2 between a and b; 1.0e-05 is allowed there\n");
  }

  @Test
  void comparesNoTimesOfFewerThanThreeEpochs() {
    Trajectory brief = run("a", 1, 3.0, 2.0);
    assertThat(table(List.of(brief, brief), brief))
        .contains("s/epoch         1.0000          1.0000\n")
        .doesNotContain("ratio");
    Trajectory whole = run("b", 1, 3.0, 2.0, 1.0);
    assertThat(table(List.of(brief, whole), whole))
        .contains("ratio                -            1.00\n");
  }

  @Test
  void saysThatTheStepsDecide() {
    Trajectory one = run("a", 1, 3.0);
    Trajectory a = new Trajectory("a", one.epochs(), List.of(4.0, 3.0, 2.0));
    assertThat(table(List.of(a, a), a)).contains("they agree in steps 1 to 3 of the first epoch:");
  }

  @Test
  void saysThatNothingCanBeJudged() {
    assertThat(table(List.of(run("a", 1, 1.0), run("b", 1, 2.0)), run("twin", 1, 3.0)))
        .endsWith(
            "undecided: this training diverges, or rounding alone drives it apart, before two of its"
                + " steps can be judged\n");
  }
}
