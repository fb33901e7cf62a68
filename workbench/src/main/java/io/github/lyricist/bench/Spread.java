package io.github.lyricist.bench;

import java.util.Arrays;

/**
 * Where the middle half of some measurements lies.
 *
 * @param median half of them are below
 * @param lower a quarter of them is below
 * @param upper a quarter of them is above
 */
public record Spread(double median, double lower, double upper) {

  /** Of these measurements, one or more. */
  public static Spread of(double... values) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    return new Spread(
        quantile(ascending, 0.5), quantile(ascending, 0.25), quantile(ascending, 0.75));
  }

  private static double quantile(double[] ascending, double fraction) {
    double at = fraction * (ascending.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
