package io.github.lyricist.report;

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

  /** An axis on which these values, all above 0, are well seen. */
  static Axis logarithmic(double least, double greatest, int mostTicks) {
    double range = Math.log(greatest) - Math.log(least);
    double margin = Math.max(MARGIN * range, (LEAST_RANGE - range) / 2);
    double low = Math.max(Double.MIN_NORMAL, Math.exp(Math.log(least) - margin));
    double high = Math.min(Double.MAX_VALUE, Math.exp(Math.log(greatest) + margin));
    return new Axis(low, high, true, Ticks.logarithmic(low, high, mostTicks));
  }

  /** An axis from 0 to beyond the greatest value. */
  static Axis fromZero(double greatest, int mostTicks) {
    double high = greatest > 0 ? Math.min(Double.MAX_VALUE, greatest * (1 + MARGIN)) : 1;
    return new Axis(0, high, false, Ticks.linear(0, high, mostTicks));
  }

  /** An axis of epochs, with the first one written at it. */
  static Axis ofEpochs(int first, int last, int mostTicks) {
    if (first == last) {
      return new Axis(first - 1.0, first + 1.0, false, List.of((double) first));
    }
    List<Double> ticks = Ticks.whole(first, last, mostTicks);
    if (ticks.size() > 1 && ticks.get(0) > first) {
      double gap = ticks.get(1) - ticks.get(0);
      boolean hasRoom = ticks.get(0) - first > gap / 2;
      ticks.add(0, (double) first);
      if (!hasRoom) {
        ticks.remove(1);
      }
    }
    return new Axis(first, last, false, ticks);
  }

  /** Where a value lies: 0 at the beginning, 1 at the end. */
  double place(double value) {
    return logarithmic
        ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (value - low) / (high - low);
  }
}
