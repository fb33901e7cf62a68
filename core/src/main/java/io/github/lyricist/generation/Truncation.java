package io.github.lyricist.generation;

import java.util.Arrays;

/** What leaves only the likeliest tokens; those as likely as the last of them stay, too. */
final class Truncation {
  private Truncation() {}

  /** The K likeliest. */
  static LogitsProcessor topK(int k) {
    return logits -> {
      double[] ascending = ascending(logits);
      keep(logits, ascending[ascending.length - Math.min(k, ascending.length)]);
    };
  }

  /**
   * The likeliest that together have this probability (nucleus sampling: Holtzman et al., 2020).
   */
  static LogitsProcessor topP(double p) {
    return logits -> {
      double[] ascending = ascending(logits);
      double most = ascending[ascending.length - 1];
      double enough = p * Arrays.stream(ascending).map(l -> Math.exp(l - most)).sum();
      double sum = 0;
      int kept = ascending.length;
      while (sum < enough && kept > 0) {
        sum += Math.exp(ascending[--kept] - most);
      }
      keep(logits, ascending[kept]);
    };
  }

  /**
   * Those whose probability is at least this share of the likeliest's (Nguyen et al., 2024), as
   * llama.cpp has it.
   */
  static LogitsProcessor minP(double p) {
    return logits -> keep(logits, Arrays.stream(logits).max().orElseThrow() + Math.log(p));
  }

  private static double[] ascending(double... logits) {
    double[] ascending = logits.clone();
    Arrays.sort(ascending);
    return ascending;
  }

  private static void keep(double[] logits, double least) {
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] < least) {
        logits[id] = Double.NEGATIVE_INFINITY;
      }
    }
  }
}
