package io.github.lyricist.cli;

import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Deviation;
import io.github.lyricist.comparison.Trajectory;
import java.io.PrintStream;

/** A comparison as a person reads it. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(Comparison comparison, PrintStream out) {
    StringBuilder line = new StringBuilder("epoch ");
    for (Trajectory trajectory : comparison.trajectories()) {
      line.append("%16s".formatted(trajectory.backend()));
    }
    out.println(line + "       deviation");
    for (int epoch = 1; epoch <= comparison.epochs(); epoch++) {
      line = new StringBuilder("%5d ".formatted(epoch));
      for (Trajectory trajectory : comparison.trajectories()) {
        line.append("%16.6f".formatted(trajectory.epochs().get(epoch - 1).perplexity()));
      }
      boolean judged = epoch <= comparison.judgedEpochs();
      String deviation = "%16.1e".formatted(comparison.deviation(epoch).relative());
      out.println(line + deviation + (judged ? "" : "  not judged"));
    }
    StringBuilder seconds = new StringBuilder("s/epoch");
    StringBuilder ratios = new StringBuilder("ratio ");
    String format = "%15.4f";
    for (Trajectory trajectory : comparison.trajectories()) {
      double time = trajectory.secondsAnEpoch();
      seconds.append(format.formatted(time));
      ratios.append("%16.2f".formatted(time / comparison.fastest()));
      format = "%16.4f";
    }
    out.println(seconds);
    out.println(ratios);
    Deviation largest = comparison.largest();
    out.printf(
        "%s: the largest deviation of the first %d epochs is %.1e, in epoch %d between %s and %s;"
            + " %.0e is allowed%n",
        comparison.agrees() ? "they agree" : "they do NOT agree",
        comparison.judgedEpochs(),
        largest.relative(),
        largest.epoch(),
        largest.first(),
        largest.second(),
        Comparison.TOLERANCE);
  }
}
