package io.github.lyricist.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a plot.
 *
 * @param low the value at its beginning
 * @param high the value at its end, above {@code low}
 * @param logarithmic whether equal ratios, not equal differences, are equally long
 * @param ticks the values that are written at it
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
  /** Beyond the outermost values, as a part of the range between them. */
  private static final double MARGIN = 0.04;

  /** The least range of a logarithmic axis, as a difference of logarithms: 1 %. */
  private static final double LEAST_RANGE = 0.01;

  /** That of an axis on which all values are one: its half to its double. */
  private static final double RANGE_OF_ONE = Math.log(4);

  /** An axis on which these values, all above 0, are well seen. */
  static Axis logarithmic(double least, double greatest, int mostTicks) {
    double range = Math.log(greatest) - Math.log(least);
    double leastRange = range == 0 ? RANGE_OF_ONE : LEAST_RANGE;
    double margin = Math.max(MARGIN * range, (leastRange - range) / 2);
    double low = Math.max(Double.MIN_NORMAL, Math.exp(Math.log(least) - margin));
    double high = Math.min(Double.MAX_VALUE, Math.exp(Math.log(greatest) + margin));
    return new Axis(low, high, true, Ticks.logarithmic(low, high, mostTicks));
  }

  /** An axis from 0 to beyond the greatest value. */
  static Axis fromZero(double greatest, int mostTicks) {
    double high = greatest > 0 ? Math.min(Double.MAX_VALUE, greatest * (1 + MARGIN)) : 1;
    return new Axis(0, high, false, Ticks.linear(0, high, mostTicks));
  }

  /** An axis from before the least to beyond the greatest value. */
  static Axis between(double least, double greatest, int mostTicks) {
    double margin = greatest > least ? MARGIN * (greatest - least) : 1;
    double low = least - margin;
    double high = greatest + margin;
    return new Axis(low, high, false, Ticks.linear(low, high, mostTicks));
  }

  /** An axis of epochs, with the first and the last one written at it. */
  static Axis ofEpochs(int first, int last, int mostTicks) {
    if (first == last) {
      return new Axis(first - 1.0, first + 1.0, false, List.of((double) first));
    }
    List<Double> round = Ticks.whole(first, last, mostTicks);
    double gap = round.size() > 1 ? round.get(1) - round.get(0) : last - first;
    List<Double> ticks = new ArrayList<>(List.of((double) first));
    round.stream()
        .filter(tick -> tick - first > gap / 2 && last - tick > gap / 2) // has room beside them
        .forEach(ticks::add);
    ticks.add((double) last);
    return new Axis(first, last, false, ticks);
  }

  /** Where a value lies: 0 at the beginning, 1 at the end. */
  double place(double value) {
    return logarithmic
        ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (value - low) / (high - low);
  }
}
