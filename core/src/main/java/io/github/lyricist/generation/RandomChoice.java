package io.github.lyricist.generation;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Draws from {@code softmax(logits / temperature)}, or from the likeliest part of it. Characters as
 * likely as the last one of that part belong to it too.
 */
final class RandomChoice implements Decoding {
  private final double temperature;
  private final @Nullable Integer topK;
  private final @Nullable Double topP;
  private final UniformRandomProvider random;
  private double[] weights = {}; // double[V]: of the softmax, up to their sum
  private double[] ascending = {}; // double[V]

  RandomChoice(
      double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      UniformRandomProvider random) {
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    this.random = random;
  }

  @Override
  public int choose(float[] logits) {
    if (weights.length != logits.length) {
      weights = new double[logits.length];
    }
    float most = logits[Logits.likeliest(logits)];
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      weights[id] = Math.exp((logits[id] - most) / temperature);
      sum += weights[id];
    }
    if (topK != null || topP != null) {
      sum = keepLikeliest();
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        last = id;
        left -= weights[id];
        if (left < 0) {
          return id;
        }
      }
    }
    return last; // rounding left a trace
  }

  /** Sets to zero what topK and then topP leave out; returns the sum of what is left. */
  private double keepLikeliest() {
    if (ascending.length != weights.length) {
      ascending = new double[weights.length];
    }
    System.arraycopy(weights, 0, ascending, 0, weights.length);
    Arrays.sort(ascending);
    int kept = topK == null ? ascending.length : Math.min(topK, ascending.length);
    double least = ascending[ascending.length - kept];
    if (topP != null) {
      double enough = topP * sumOfLargest(ascending, kept);
      double sum = 0;
      for (int i = ascending.length - 1; i >= ascending.length - kept && sum < enough; i--) {
        sum += ascending[i];
        least = ascending[i];
      }
    }
    double sum = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] < least) {
        weights[id] = 0;
      }
      sum += weights[id];
    }
    return sum;
  }

  private static double sumOfLargest(double[] ascending, int count) {
    double sum = 0;
    for (int i = ascending.length - 1; i >= ascending.length - count; i--) {
      sum += ascending[i];
    }
    return sum;
  }
}
