package io.github.lyricist.cli;

import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Comparison.Verdict;
import io.github.lyricist.comparison.Deviation;
import io.github.lyricist.comparison.Judgement;
import io.github.lyricist.comparison.Trajectory;
import java.io.PrintStream;

/** A comparison as a person reads it. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(Comparison comparison, PrintStream out) {
    StringBuilder header = new StringBuilder("epoch ");
    for (Trajectory engine : comparison.engines()) {
      header.append("%16s".formatted(engine.name()));
    }
    out.println(header + "       deviation         allowed");
    for (int epoch = 1; epoch <= comparison.epochCount(); epoch++) {
      out.println(row(comparison, epoch));
    }
    StringBuilder seconds = new StringBuilder("s/epoch");
    StringBuilder ratios = new StringBuilder("ratio ");
    String format = "%15.4f";
    for (Trajectory engine : comparison.engines()) {
      seconds.append(format.formatted(engine.secondsPerEpoch()));
      double ratio = comparison.timesTheFastest(engine);
      ratios.append(Double.isNaN(ratio) ? "%16s".formatted("-") : "%16.2f".formatted(ratio));
      format = "%16.4f";
    }
    out.println(seconds);
    if (comparison.engines().stream().anyMatch(e -> comparison.timesTheFastest(e) > 0)) {
      out.println(ratios);
    }
    out.println(verdict(comparison));
  }

  private static String row(Comparison comparison, int epoch) {
    StringBuilder line = new StringBuilder("%5d ".formatted(epoch));
    for (Trajectory engine : comparison.engines()) {
      line.append(
          engine.reached(epoch)
              ? "%16.6f".formatted(engine.epochs().get(epoch - 1).perplexity())
              : "%16s".formatted("diverged"));
    }
    Deviation deviation = comparison.epochs().at(epoch);
    line.append("%16.1e%16.1e".formatted(deviation.relative(), deviation.allowed()));
    return epoch <= comparison.epochs().judged() ? line.toString() : line + "  not judged";
  }

  private static String verdict(Comparison comparison) {
    if (comparison.verdict() == Verdict.UNDECIDED) {
      return "undecided: this training diverges, or rounding alone drives it apart, before two of its"
          + " steps can be judged";
    }
    Judgement deciding = comparison.deciding();
    Deviation largest = deciding.largest();
    String unit = comparison.isByEpochs() ? "epoch" : "step";
    return "%s in %s: the largest deviation, relative to what is allowed, is %.1e in %s %d between %s and %s;"
            .formatted(
                comparison.verdict() == Verdict.AGREE ? "they agree" : "they do NOT agree",
                points(comparison.isByEpochs(), deciding.judged()),
                largest.relative(),
                unit,
                largest.at(),
                largest.first(),
                largest.second())
        + " %.1e is allowed there".formatted(largest.allowed());
  }

  private static String points(boolean epochs, int judged) {
    return epochs
        ? "epochs 1 to %d".formatted(judged)
        : "steps 1 to %d of the first epoch".formatted(judged);
  }
}
