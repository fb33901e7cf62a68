package io.github.lyricist.sweep;

import io.github.lyricist.config.SweepSpec;
import io.github.lyricist.config.SweepSpec.Search;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trials that are trained for the same time before they are looked at.
 *
 * @param epochs in all, for each; a trial whose own are fewer has those
 * @param trials their numbers, ascending
 */
record Rung(int epochs, List<Integer> trials) {
  Rung {
    trials = List.copyOf(trials);
  }

  /**
   * The first one: all trials.
   *
   * @param mostEpochs what none of them goes beyond
   */
  static Rung first(SweepSpec spec, int trials, int mostEpochs) {
    int epochs = spec.search() == Search.HALVING ? spec.halving().from() : mostEpochs;
    return new Rung(
        Math.min(epochs, mostEpochs), IntStream.rangeClosed(1, trials).boxed().toList());
  }

  /**
   * What follows it: of so many trials the best one, trained so many times as long.
   *
   * @param results of all trials, in trial order
   * @param mostEpochs what none of them goes beyond
   * @return null where it was the last
   */
  @Nullable Rung next(SweepSpec spec, List<TrialResult> results, int mostEpochs) {
    if (spec.search() != Search.HALVING || trials.size() == 1 || epochs >= mostEpochs) {
      return null;
    }
    int factor = spec.halving().factor();
    List<Integer> best =
        trials.stream()
            .filter(trial -> results.get(trial - 1).objective() != null)
            .sorted(Comparator.comparing(trial -> results.get(trial - 1), TrialResult.BETTER_FIRST))
            .limit(Math.max(1, trials.size() / factor))
            .sorted()
            .toList();
    return best.isEmpty()
        ? null
        : new Rung((int) Math.min(mostEpochs, (long) epochs * factor), best);
  }
}
