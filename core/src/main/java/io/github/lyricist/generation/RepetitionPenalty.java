package io.github.lyricist.generation;

/**
 * Makes the tokens that a text has already less likely: their logits are divided by the penalty
 * where positive, multiplied by it where negative (Keskar et al., 2019).
 */
final class RepetitionPenalty implements LogitsProcessor {
  private final double penalty;
  private final boolean[] seen; // boolean[V]

  /**
   * @param seen {@code boolean[V]}: the tokens that the text has, when it is asked
   */
  RepetitionPenalty(double penalty, boolean... seen) {
    this.penalty = penalty;
    this.seen = seen;
  }

  @Override
  public void process(double[] logits) {
    for (int id = 0; id < logits.length; id++) {
      if (seen[id]) {
        logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
      }
    }
  }
}
