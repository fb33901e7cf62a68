package io.github.lyricist.training;

/**
 * How long there has been no better validation perplexity.
 *
 * @param best the lowest of all so far
 * @param epochsWithoutBetter how many epochs came after it
 */
record Patience(double best, int epochsWithoutBetter) {
  /** Before the first epoch. */
  static final Patience INITIAL = new Patience(Double.POSITIVE_INFINITY, 0);

  /** After one more epoch. */
  Patience after(double perplexity) {
    return perplexity < best
        ? new Patience(perplexity, 0)
        : new Patience(best, epochsWithoutBetter + 1);
  }

  /** Counts from zero again; what was best stays so. */
  Patience startedOver() {
    return new Patience(best, 0);
  }
}
