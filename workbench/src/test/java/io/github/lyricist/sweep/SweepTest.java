package io.github.lyricist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.sweep.TrialResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches over trials that are not trained: a trial's objective follows from its configuration.
 */
class SweepTest {
  private static final String GRID =
      "base: base.yaml\nobjective: perplexity\nspace: {model.hidden: [1, 2, 3], seed: [1, 2]}\n";
  private static final String HALVING =
      """
      base: base.yaml
      objective: perplexity
      search: halving
      halving: {factor: 3, from: 5}
      space: {model.hidden: [1, 2, 3], model.layers: [1, 2, 3], seed: [1, 2, 3]}
      """;

  private final List<String> trained = Collections.synchronizedList(new ArrayList<>());

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private SweepConfig config(String yaml) throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"), "corpus: {source: text.txt}\ntraining: {epochs: 135}");
    return SweepConfig.read(Files.writeString(folder.resolve("s.yaml"), yaml));
  }

  private Sweep begin(String yaml) throws IOException {
    return Sweep.begin(config(yaml), folder.resolve("s"), model -> null);
  }

  private Sweep resume() {
    return Sweep.resume(folder.resolve("s"));
  }

  /** Better with fewer hidden units, layers and with a lower seed; a little better with time. */
  private TrialOutcome outcome(Path config, Path run, int epochs) {
    ExperimentSpec spec = ConfigReader.readOfRun(config, List.of()).spec();
    trained.add(run.getFileName() + " to " + epochs);
    int hidden = spec.model().hidden();
    double objective = 100 * hidden + 10 * spec.model().layers() + spec.seed() + 1.0 / epochs;
    return new TrialOutcome(new TrialResult(epochs, objective, 2, Status.FINISHED), "");
  }

  private static boolean run(Sweep sweep, TrialRunner runner, int parallel) {
    return sweep.run(runner, parallel, new Silent(), () -> false);
  }

  /** Listens, and says nothing. */
  private static final class Silent implements SweepListener {
    @Override
    public void rung(int trials, int epochs) {}

    @Override
    public void ended(Trial trial, TrialOutcome outcome) {}
  }

  private String trials() throws IOException {
    return Files.readString(folder.resolve("s/trials.jsonl"));
  }

  @Test
  void aGridTrainsEachTrialOnceAndToItsEnd() throws IOException {
    try (Sweep sweep = begin(GRID)) {
      assertThat(run(sweep, this::outcome, 1)).isTrue();
      assertThat(sweep.ranking().stream().map(Trial::number)).containsExactly(1, 2, 3, 4, 5, 6);
    }
    assertThat(trained)
        .containsExactly(
            "01 to 135", "02 to 135", "03 to 135", "04 to 135", "05 to 135", "06 to 135");
    assertThat(trials())
        .startsWith(
            "{\"trial\":1,\"values\":{\"model.hidden\":1,\"seed\":1},\"epochs\":135,"
                + "\"objective\":111.00740740740741,\"seconds\":2.0,\"status\":\"finished\"}\n")
        .hasLineCount(6);
    assertThat(folder.resolve("s/best.yaml")).content().startsWith("# trial 1: hidden=1 seed=1\n");
  }

  @Test
  void manyAtOnceLeaveTheSame() throws IOException {
    try (Sweep sweep = begin(GRID)) {
      run(sweep, this::outcome, 1);
    }
    String one = trials();
    try (Sweep sweep = Sweep.begin(config(GRID), folder.resolve("t"), model -> null)) {
      run(sweep, this::outcome, 4);
    }
    assertThat(folder.resolve("t/trials.jsonl")).hasContent(one);
  }

  @Test
  void halvingGivesUpTwoThirdsAtEachRung() throws IOException {
    try (Sweep sweep = begin(HALVING)) {
      assertThat(run(sweep, this::outcome, 1)).isTrue();
      assertThat(sweep.ranking().get(0).number()).isEqualTo(1);
    }
    assertThat(trained).hasSize(27 + 9 + 3 + 1);
    assertThat(trained.subList(27, 40))
        .containsExactly(
            "01 to 15",
            "02 to 15",
            "03 to 15",
            "04 to 15",
            "05 to 15",
            "06 to 15",
            "07 to 15",
            "08 to 15",
            "09 to 15",
            "01 to 45",
            "02 to 45",
            "03 to 45",
            "01 to 135");
  }

  /** Whenever it is killed: at the beginning or the end of a rung, or within one. */
  @Test
  void aHalvingThatIsKilledAndContinuedIsTheSame() throws IOException {
    try (Sweep sweep = begin(HALVING)) {
      run(sweep, this::outcome, 1);
    }
    String whole = trials();
    List<String> once = List.copyOf(trained);
    for (int killedAfter : new int[] {0, 1, 26, 27, 30, 36, 38, 39}) {
      Path at = folder.resolve("k" + killedAfter);
      trained.clear();
      AtomicInteger left = new AtomicInteger(killedAfter);
      TrialRunner mortal =
          (config, run, epochs) -> {
            if (left.getAndDecrement() == 0) {
              throw new RunFailedException("killed");
            }
            return outcome(config, run, epochs);
          };
      try (Sweep sweep = Sweep.begin(config(HALVING), at, model -> null)) {
        assertThatThrownBy(() -> run(sweep, mortal, 1)).hasMessage("killed");
      }
      try (Sweep sweep = Sweep.resume(at)) {
        assertThat(run(sweep, this::outcome, 1)).isTrue();
      }
      assertThat(at.resolve("trials.jsonl")).hasContent(whole);
      assertThat(trained).as("killed after %d", killedAfter).containsExactlyElementsOf(once);
    }
  }

  @Test
  void whatBreaksIsAResultAndIsTriedAgainOnlyIfItFailed() throws IOException {
    TrialRunner fragile =
        (config, run, epochs) -> {
          TrialOutcome outcome = outcome(config, run, epochs);
          return switch (String.valueOf(run.getFileName())) {
            case "02" -> broken(Status.DIVERGED);
            case "03" -> broken(Status.FAILED);
            case "04" -> broken(Status.REFUSED);
            default -> outcome;
          };
        };
    try (Sweep sweep = begin(GRID)) {
      assertThat(run(sweep, fragile, 1)).isTrue();
      assertThat(sweep.ranking().stream().map(Trial::number)).containsExactly(1, 5, 6, 2, 3, 4);
    }
    trained.clear();
    try (Sweep sweep = resume()) {
      assertThat(run(sweep, this::outcome, 1)).isTrue();
    }
    assertThat(trained).containsExactly("03 to 135");
    assertThat(trials()).contains("\"status\":\"diverged\"", "\"status\":\"refused\"");
  }

  private static TrialOutcome broken(Status status) {
    return new TrialOutcome(new TrialResult(0, null, 0, status), "for a reason");
  }

  @Test
  void aTrialThatIsStoppedEndsTheSweepForNow() throws IOException {
    try (Sweep sweep = begin(GRID)) {
      TrialRunner stopped =
          (config, run, epochs) -> trained.size() == 2 ? null : outcome(config, run, epochs);
      assertThat(run(sweep, stopped, 1)).isFalse();
    }
    assertThat(trained).hasSize(2);
    try (Sweep sweep = resume()) {
      assertThat(run(sweep, this::outcome, 1)).isTrue();
    }
    assertThat(trained).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsBegunOnceAStopIsRequested() throws IOException {
    try (Sweep sweep = begin(GRID)) {
      assertThat(sweep.run(this::outcome, 2, new Silent(), () -> true)).isFalse();
    }
    assertThat(trained).isEmpty();
    assertThat(trials()).contains("\"status\":\"waiting\"").doesNotContain("finished");
  }

  @Test
  void aTrialOfFewerEpochsThanTheRungIsNotTrainedAgain() throws IOException {
    String yaml =
        "base: base.yaml\nobjective: perplexity\nspace: {training.epochs: [2, 9], seed: [1]}\n";
    TrialRunner own =
        (config, run, epochs) ->
            outcome(
                config, run, ConfigReader.readOfRun(config, List.of()).spec().training().epochs());
    try (Sweep sweep = begin(yaml)) {
      run(sweep, own, 1);
    }
    trained.clear();
    try (Sweep sweep = resume()) {
      assertThat(run(sweep, own, 1)).isTrue();
    }
    assertThat(trained).isEmpty();
  }

  @Test
  void twoAtOneFolderAreRefused() throws IOException {
    try (Sweep first = begin(GRID)) {
      assertThat(first.trials()).hasSize(6);
      assertThatThrownBy(this::resume)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another process is at this sweep");
    }
  }

  @Test
  void aSweepThatWasChangedIsRefused() throws IOException {
    begin(GRID).close();
    Files.writeString(folder.resolve("s/sweep.yaml"), GRID.replace("seed: [1", "seed: [3"));
    assertThatThrownBy(this::resume)
        .hasMessageContaining("trials.jsonl:1: not what sweep.yaml says of trial 1;");
    Files.writeString(folder.resolve("s/sweep.yaml"), GRID.replace("1, 2, 3", "1, 2, 3, 4"));
    assertThatThrownBy(this::resume).hasMessageContaining("has 6 trials, sweep.yaml 8;");
  }

  @Test
  void drawnTrialsAreDistinctAndTheSameEachTime() throws IOException {
    String yaml =
        """
        base: base.yaml
        objective: perplexity
        search: random
        trials: 9
        space: {model.hidden: [1, 2, 3], model.layers: [1, 2, 3]}
        """;
    List<Trial> trials = Trial.of(config(yaml).spec());
    assertThat(trials.stream().map(Trial::values)).hasSize(9).doesNotHaveDuplicates();
    assertThat(Trial.of(config(yaml).spec())).isEqualTo(trials);
    assertThat(Trial.of(config(yaml + "seed: 2\n").spec())).isNotEqualTo(trials);
  }
}
