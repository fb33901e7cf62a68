package io.github.lyricist.generation;

import io.github.lyricist.RunFailedException;
import org.apache.commons.rng.UniformRandomProvider;

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

  /** The natural logarithm of the sum of their exponentials: what softmax divides by. */
  static double logSumExp(float... logits) {
    double most = logits[likeliest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  /** The id of the largest, the lowest id among equals. */
  static int likeliest(double... logits) {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  /**
   * A token drawn from their softmax.
   *
   * @param logits {@code double[V]}; overwritten
   */
  static int draw(double[] logits, UniformRandomProvider random) {
    double most = logits[likeliest(logits)];
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      logits[id] = Math.exp(logits[id] - most);
      sum += logits[id];
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] > 0) {
        last = id;
        left -= logits[id];
        if (left < 0) {
          return id;
        }
      }
    }
    return last; // rounding left a trace
  }

  private static RunFailedException unusable(float logit) {
    return new RunFailedException(
        "no character can be chosen, since the largest logit is %s; expected a finite number"
                .formatted(logit)
            + ", which a model with finite weights gives: train it again, with a lower learning"
            + " rate or with clipping");
  }
}
