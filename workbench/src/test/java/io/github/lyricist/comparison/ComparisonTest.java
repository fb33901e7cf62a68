package io.github.lyricist.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.OptimizerSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  /** Twelve epochs of loss 2, but for one of them; an epoch takes {@code seconds}. */
  private static Trajectory trajectory(String name, double seconds, int epoch, double loss) {
    return new Trajectory(
        name,
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                i -> {
                  double lossOfEpoch = i == epoch ? loss : 2;
                  return new EpochResult(
                      i, Math.exp(lossOfEpoch), lossOfEpoch, seconds, 1, 1, 1, null);
                })
            .toList());
  }

  private static Comparison compare(OptimizerSpec optimizer, Trajectory... trajectories) {
    return new Comparison(List.of(trajectories), optimizer);
  }

  @Test
  void agreesWithinTheTolerance() {
    Comparison comparison =
        compare(
            OptimizerSpec.Sgd.DEFAULT,
            trajectory("a", 1, 3, 2),
            trajectory("b", 2, 3, 2 + 0.9e-5),
            trajectory("c", 4, 3, 2));
    assertThat(comparison.agrees()).isTrue();
    assertThat(comparison.largest().epoch()).isEqualTo(3);
    assertThat(comparison.largest().relative()).isCloseTo(0.9e-5, within(1e-9));
    assertThat(comparison.deviation(4).relative()).isZero();
  }

  @Test
  void partsBeyondTheToleranceAndNamesTheTwo() {
    Comparison comparison =
        compare(
            OptimizerSpec.Sgd.DEFAULT,
            trajectory("a", 1, 7, 2),
            trajectory("b", 1, 7, 2),
            trajectory("c", 1, 7, 2 - 1.2e-5));
    assertThat(comparison.agrees()).isFalse();
    assertThat(comparison.largest()).extracting(Deviation::second).isEqualTo("c");
  }

  @Test
  void judgesTenEpochsOfSgdAndTwentyOfAdam() {
    Trajectory a = trajectory("a", 1, 11, 2);
    Trajectory b = trajectory("b", 1, 11, 3);
    assertThat(compare(OptimizerSpec.Sgd.DEFAULT, a, b).judgedEpochs()).isEqualTo(10);
    assertThat(compare(OptimizerSpec.Sgd.DEFAULT, a, b).agrees()).isTrue();
    assertThat(compare(OptimizerSpec.Adam.DEFAULT, a, b).judgedEpochs()).isEqualTo(12);
    assertThat(compare(OptimizerSpec.Adam.DEFAULT, a, b).agrees()).isFalse();
  }

  @Test
  void isExactWherePerplexityOverflows() {
    assertThat(Deviation.ofLosses(2000, 2000)).isZero();
    assertThat(Deviation.ofLosses(2000, 2000 + 1e-6)).isCloseTo(1e-6, within(1e-11));
  }

  @Test
  void tellsTheMedianTimeAndTheFastest() {
    Trajectory a = trajectory("a", 3, 1, 2);
    Trajectory b = trajectory("b", 2, 1, 2);
    assertThat(a.secondsAnEpoch()).isEqualTo(3);
    assertThat(compare(OptimizerSpec.Sgd.DEFAULT, a, b).fastest()).isEqualTo(2);
  }

  @Test
  void isWrittenForPrograms() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ComparisonJson.write(
        out,
        compare(OptimizerSpec.Sgd.DEFAULT, trajectory("a", 1, 1, 2), trajectory("b", 2, 1, 2)));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"agree\" : true", "\"judgedEpochs\" : 10", "\"ratioToFastest\" : 2.0")
        .endsWith("}\n");
  }
}
