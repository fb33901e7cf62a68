package io.github.lyricist.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the tables of the page write numbers. */
final class Numbers {
  /** Stands in place of a value that is absent. */
  static final String NONE = "–";

  private static final double LARGEST_PLAIN = 1e6;

  private Numbers() {}

  static String perplexity(@Nullable Double perplexity) {
    if (perplexity == null) {
      return NONE;
    }
    if (Double.isInfinite(perplexity)) {
      return "inf";
    }
    return String.format(Locale.ROOT, perplexity < LARGEST_PLAIN ? "%,.3f" : "%.2e", perplexity);
  }

  static String bits(@Nullable Double bits) {
    return bits == null ? NONE : String.format(Locale.ROOT, "%.3f", bits);
  }

  /** The middle one of the speeds, in characters per second; the first epochs are slower. */
  static String speed(List<Double> charactersPerSecond) {
    if (charactersPerSecond.isEmpty()) {
      return NONE;
    }
    List<Double> ascending = charactersPerSecond.stream().sorted().toList();
    return String.format(Locale.ROOT, "%,.0f", ascending.get(ascending.size() / 2));
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%,.2f s" : "%,.0f s", seconds);
  }
}
