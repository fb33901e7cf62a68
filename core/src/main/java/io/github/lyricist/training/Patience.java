package io.github.lyricist.training;

/** Counts how long there has been no better validation perplexity. */
final class Patience {
  private double best = Double.POSITIVE_INFINITY;
  private int epochsWithoutBetter;

  /** Takes note of an epoch; returns whether it is the best so far. */
  boolean observe(double perplexity) {
    boolean better = isBetter(perplexity);
    if (better) {
      best = perplexity;
      epochsWithoutBetter = 0;
    } else {
      epochsWithoutBetter++;
    }
    return better;
  }

  /** Whether an epoch would be the best so far. */
  boolean isBetter(double perplexity) {
    return perplexity < best;
  }

  int epochsWithoutBetter() {
    return epochsWithoutBetter;
  }

  /** Counts from zero again; what was best stays so. */
  void startOver() {
    epochsWithoutBetter = 0;
  }
}
