package io.github.lyricist.generation;

import io.github.lyricist.RunFailedException;

/** What a model predicts: one number for each token, {@code float[V] logits}. */
final class Logits {
  private Logits() {}

  /**
   * The id of the largest logit, the lowest id among equals.
   *
   * @throws RunFailedException if no choice can be made: one is NaN or positive infinity, or all
   *     are negative infinity
   */
  static int likeliest(float[] logits) {
    int best = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
      if (Float.isNaN(logits[id])) {
        throw unusable(Float.NaN);
      }
    }
    if (!Float.isFinite(logits[best])) {
      throw unusable(logits[best]);
    }
    return best;
  }

  private static RunFailedException unusable(float logit) {
    return new RunFailedException(
        "no character can be chosen, since the largest logit is %s; expected a finite number"
                .formatted(logit)
            + ", which a model with finite weights gives: train it again, with a lower learning"
            + " rate or with clipping");
  }
}
