package io.github.lyricist.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers within a range, to be written at an axis. */
final class Ticks {
  private static final double[] LINEAR_STEPS = {1, 2, 2.5, 5, 10};

  /** What stands in a decade, from dense to sparse. */
  private static final double[][] PER_DECADE = {
    {1, 1.5, 2, 3, 4, 5, 7}, {1, 2, 3, 5}, {1, 2, 5}, {1, 3}, {1}
  };

  /** Up to this ratio evenly spaced numbers stand well on a logarithmic axis, too. */
  private static final double NEARLY_LINEAR = 3;

  private static final double LARGEST_PLAIN = 1e7;
  private static final MathContext DIGITS = new MathContext(10);

  private Ticks() {}

  /** Evenly spaced ones, at most about so many. */
  static List<Double> linear(double low, double high, int most) {
    return multiples(low, high, step((high - low) / most));
  }

  /** Evenly spaced whole numbers, at most about so many. */
  static List<Double> whole(double low, double high, int most) {
    double step = Math.max(1, step((high - low) / most));
    return multiples(low, high, step == Math.rint(step) ? step : 2 * step);
  }

  /** Those of a logarithmic axis, at most so many. */
  static List<Double> logarithmic(double low, double high, int most) {
    if (high / low < NEARLY_LINEAR) {
      return linear(low, high, most);
    }
    for (double[] mantissas : PER_DECADE) {
      List<Double> ticks = decades(low, high, mantissas);
      if (ticks.size() <= most) {
        return ticks;
      }
    }
    return whole(Math.log10(low), Math.log10(high), most).stream()
        .map(exponent -> Math.pow(10, exponent))
        .toList();
  }

  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double step : LINEAR_STEPS) {
      if (step * power >= atLeast) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static List<Double> multiples(double low, double high, double step) {
    List<Double> ticks = new ArrayList<>();
    for (double i = Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static List<Double> decades(double low, double high, double... mantissas) {
    List<Double> ticks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low));
    for (int exponent = first; exponent <= Math.log10(high); exponent++) {
      for (double mantissa : mantissas) {
        double tick = mantissa * Math.pow(10, exponent);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** How a tick is written: {@code 1.05}, {@code 20,000}, {@code 1e12}. */
  static String label(double tick) {
    BigDecimal rounded = new BigDecimal(tick).round(DIGITS).stripTrailingZeros();
    if (tick >= LARGEST_PLAIN) {
      int exponent = rounded.precision() - rounded.scale() - 1;
      return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
