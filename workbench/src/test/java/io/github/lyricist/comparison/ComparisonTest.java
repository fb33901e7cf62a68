package io.github.lyricist.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.comparison.Comparison.Verdict;
import io.github.lyricist.training.EpochResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double LOSS = 2;

  /** A run whose losses are off by so much, after each epoch and in as many steps. */
  private static Trajectory timed(String name, double seconds, double... offBy) {
    List<EpochResult> epochs = new ArrayList<>();
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i < offBy.length; i++) {
      double loss = LOSS + offBy[i];
      epochs.add(new EpochResult(i + 1, Math.exp(loss), loss, 1.5, seconds, 1, 1, 1, null, null));
      steps.add(loss);
    }
    return new Trajectory(name, epochs, steps);
  }

  private static Trajectory run(String name, double... offBy) {
    return timed(name, 1, offBy);
  }

  private static Trajectory withSteps(Trajectory run, Double... steps) {
    return new Trajectory(run.name(), run.epochs(), List.of(steps));
  }

  @Test
  void agreesWithinTheLeastThatIsAllowed() {
    Comparison comparison =
        new Comparison(
            List.of(run("a", 0, 0, 0), run("b", 0, 0.9e-5, 0), run("c", 0, 0, 0)),
            List.of(run("t1", 0, 1e-8, 0), run("t2", 0, 0, 0)));
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
    assertThat(comparison.isByEpochs()).isTrue();
    assertThat(comparison.epochs().judged()).isEqualTo(3);
    Deviation largest = comparison.deciding().largest();
    assertThat(largest.at()).isEqualTo(2);
    assertThat(largest.relative()).isCloseTo(0.9e-5, within(1e-9));
    assertThat(largest.allowed()).isEqualTo(1e-5);
    assertThat(comparison.epochs().at(3).relative()).isZero();
  }

  @Test
  void isApartBeyondItAndNamesTheTwo() {
    Comparison comparison =
        new Comparison(
            List.of(run("a", 0, 0), run("b", 0, 0), run("c", 0, -1.2e-5)),
            List.of(run("t", 0, 1e-8)));
    assertThat(comparison.verdict()).isEqualTo(Verdict.APART);
    assertThat(comparison.deciding().largest())
        .extracting(Deviation::first, Deviation::second)
        .containsExactly("a", "c");
  }

  @Test
  void allowsTenTimesWhatTwinsHavePartedByUntilThen() {
    List<Trajectory> engines = List.of(run("a", 0, 0, 0, 0), run("b", 0, 0.9e-4, 0.9e-4, 0.9e-4));
    List<Trajectory> twins = List.of(run("t1", 0, 0.6e-5, 0, 0), run("t2", 0, -0.4e-5, 0, 0));
    Comparison comparison = new Comparison(engines, twins);
    assertThat(comparison.epochs().at(1).allowed()).isEqualTo(1e-5);
    for (int epoch = 2; epoch <= 4; epoch++) {
      assertThat(comparison.epochs().at(epoch).allowed()).isCloseTo(1e-4, within(1e-8));
    }
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
  }

  @Test
  void asksMoreThanTwoTwinsBeforeItCallsEnginesApart() {
    List<Trajectory> engines = List.of(run("a", 0, 0), run("b", 0, 0.9e-4));
    List<Integer> asked = new ArrayList<>();
    Comparison comparison =
        Comparison.byTwins(
            engines,
            twin -> {
              asked.add(twin);
              return run("t" + twin, 0, twin == 4 ? 1e-5 : 1e-8);
            });
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
    assertThat(asked).containsExactly(1, 2, 3, 4);
  }

  @Test
  void calledApartByEightTwinsTheyAreApart() {
    List<Integer> asked = new ArrayList<>();
    Comparison comparison =
        Comparison.byTwins(
            List.of(run("a", 0, 0), run("b", 0, 0.9e-4)),
            twin -> {
              asked.add(twin);
              return run("t" + twin, 0, 1e-8);
            });
    assertThat(comparison.verdict()).isEqualTo(Verdict.APART);
    assertThat(asked).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void twoTwinsSufficeForEnginesThatAgree() {
    List<Integer> asked = new ArrayList<>();
    Comparison.byTwins(
        List.of(run("a", 0, 0), run("b", 0, 0)),
        twin -> {
          asked.add(twin);
          return run("t" + twin, 0, 0);
        });
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void judgesNothingOnceTwinsAreFarApart() {
    List<Trajectory> engines = List.of(run("a", 0, 0, 0, 0, 0), run("b", 0, 0, 5, 5, 5));
    Comparison comparison = new Comparison(engines, List.of(run("t", 0, 0, 2e-3, 0, 0)));
    assertThat(comparison.epochs().judged()).isEqualTo(2);
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
  }

  @Test
  void judgesTheStepsWhereFewerThanTwoEpochsCanBe() {
    Trajectory twin = withSteps(run("t", 0, 2e-3, 0), LOSS, LOSS, LOSS + 2e-3);
    Trajectory a = withSteps(run("a", 0, 0, 0), LOSS, LOSS, LOSS);
    Trajectory near = withSteps(run("b", 0, 0, 0), LOSS, LOSS, LOSS + 1);
    Trajectory far = withSteps(run("b", 0, 0, 0), LOSS, LOSS + 1e-4, LOSS);
    Comparison agreeing = new Comparison(List.of(a, near), List.of(twin));
    assertThat(agreeing.isByEpochs()).isFalse();
    assertThat(agreeing.deciding().judged()).isEqualTo(2);
    assertThat(agreeing.verdict()).isEqualTo(Verdict.AGREE);
    assertThat(new Comparison(List.of(a, far), List.of(twin)).verdict()).isEqualTo(Verdict.APART);
  }

  @Test
  void isUndecidedWhereNotEvenTheStepsCanBeJudged() {
    Trajectory chaotic = run("t", 1, 1, 1);
    Comparison comparison =
        new Comparison(List.of(run("a", 0, 0, 0), run("b", 9, 9, 9)), List.of(chaotic));
    assertThat(comparison.verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void judgesTheStepsWhereThereIsOnlyOneEpoch() {
    Trajectory a = withSteps(run("a", 0), LOSS, LOSS);
    Trajectory b = withSteps(run("b", 1), LOSS, LOSS + 0.5e-5);
    Comparison comparison = new Comparison(List.of(a, b), List.of(a));
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
    assertThat(comparison.deciding().largest().at()).isEqualTo(2);
  }

  @Test
  void isApartWhereOneEngineDivergesAlone() {
    Trajectory healthy = run("a", 0, 0, 0);
    Comparison comparison = new Comparison(List.of(healthy, run("b", 0)), List.of(healthy));
    assertThat(comparison.verdict()).isEqualTo(Verdict.APART);
    assertThat(comparison.epochCount()).isEqualTo(3);
    assertThat(comparison.deciding().largest())
        .isEqualTo(new Deviation(2, "a", "b", Double.POSITIVE_INFINITY, Judgement.LEAST));
    assertThat(new Comparison(List.of(run("b"), healthy), List.of(run("t"))).verdict())
        .isEqualTo(Verdict.APART);
  }

  @Test
  void judgesNothingOnceATwinDivergesAlone() {
    List<Trajectory> engines = List.of(run("a", 0, 0, 0), run("b", 0, 0));
    Comparison comparison = new Comparison(engines, List.of(run("t", 0, 0)));
    assertThat(comparison.epochs().judged()).isEqualTo(2);
    assertThat(comparison.verdict()).isEqualTo(Verdict.AGREE);
  }

  @Test
  void agreesWhereAllDivergeAlike() {
    Comparison later =
        new Comparison(List.of(run("a", 0, 0), run("b", 0, 0)), List.of(run("t", 0, 0)));
    assertThat(later.verdict()).isEqualTo(Verdict.AGREE);
    Trajectory first = withSteps(run("a"), LOSS, LOSS);
    Comparison atOnce = new Comparison(List.of(first, first), List.of(first));
    assertThat(atOnce.isByEpochs()).isFalse();
    assertThat(atOnce.verdict()).isEqualTo(Verdict.AGREE);
    assertThat(atOnce.epochCount()).isZero();
    assertThat(atOnce.timesTheFastest(first)).isNaN();
  }

  @Test
  void namesTwoEnginesAlsoWhereTheyAreTheSame() {
    Trajectory a = run("a", 0, 0);
    assertThat(new Comparison(List.of(a, run("b", 0, 0)), List.of(a)).deciding().largest())
        .isEqualTo(new Deviation(1, "a", "b", 0, Judgement.LEAST));
  }

  @Test
  void isExactWherePerplexityOverflows() {
    assertThat(Deviation.ofLosses(2000, 2000)).isZero();
    assertThat(Deviation.ofLosses(2000, 2000 + 1e-6)).isCloseTo(1e-6, within(1e-11));
  }

  @Test
  void tellsTheMedianTimeAndTheFastest() {
    Trajectory a = timed("a", 3, 0, 0, 0);
    Trajectory b = timed("b", 2, 0, 0, 0);
    Comparison comparison = new Comparison(List.of(a, b), List.of());
    assertThat(a.secondsPerEpoch()).isEqualTo(3);
    assertThat(comparison.timesTheFastest(a)).isEqualTo(1.5);
    assertThat(comparison.timesTheFastest(b)).isEqualTo(1);
  }

  /** The first epoch is left out, being one of warming up; of fewer than three nothing is told. */
  @Test
  void comparesNoTimesOfWarmingUp() {
    List<EpochResult> epochs = new ArrayList<>();
    for (double seconds : new double[] {90, 3, 5}) {
      epochs.add(new EpochResult(epochs.size() + 1, 1, 0, 1.5, seconds, 1, 1, 1, null, null));
    }
    Trajectory slow = new Trajectory("a", epochs, List.of());
    assertThat(slow.secondsPerEpoch()).isEqualTo(4);
    Trajectory fast = timed("b", 2, 0, 0, 0);
    assertThat(new Comparison(List.of(slow, fast), List.of()).timesTheFastest(slow)).isEqualTo(2);
    Trajectory brief = timed("c", 1, 0, 0);
    Comparison comparison = new Comparison(List.of(brief, fast), List.of());
    assertThat(comparison.timesTheFastest(brief)).isNaN();
    assertThat(comparison.timesTheFastest(fast)).isEqualTo(1);
  }

  @Test
  void isWrittenForPrograms() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ComparisonJson.write(
        out,
        new Comparison(
            List.of(timed("a", 1, 0, 0, 0), timed("b", 2, 0, 0, 0)), List.of(run("t", 0, 0, 0))));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"verdict\" : \"agree\"", "\"judged\" : \"epochs\"", "\"judgedCount\" : 3")
        .contains("\"ratioToFastest\" : 2.0", "\"allowed\" : 1.0E-5")
        .endsWith("}\n");
  }

  @Test
  void hasNullForWhatIsNotFinite() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Trajectory healthy = run("a", 0, 0);
    ComparisonJson.write(out, new Comparison(List.of(healthy, run("b")), List.of(healthy)));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"b\" : null", "\"relative\" : null", "\"secondsPerEpoch\" : null")
        .doesNotContain("NaN", "Infinity");
  }
}
