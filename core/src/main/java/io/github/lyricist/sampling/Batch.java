package io.github.lyricist.sampling;

import io.github.lyricist.corpus.Corpus;
import java.util.function.IntUnaryOperator;

/**
 * One batch: B sequences of T token ids each, and the ids that follow them.
 *
 * @param batchSize B
 * @param steps T
 * @param inputs {@code int[T*B]}, time-major: the id of sequence b at time step t is element t*B+b
 * @param targets {@code int[T*B]}, likewise: the id that comes after each input
 */
public record Batch(int batchSize, int steps, int[] inputs, int[] targets) {

  public Batch {
    if (inputs.length != batchSize * steps || targets.length != batchSize * steps) {
      throw new IllegalArgumentException(
          "expected %d inputs and targets, found %d and %d"
              .formatted(batchSize * steps, inputs.length, targets.length));
    }
  }

  /** The batch whose sequence b starts at character {@code starts.applyAsInt(b)} of the corpus. */
  public static Batch of(Corpus corpus, int batchSize, int steps, IntUnaryOperator starts) {
    int[] inputs = new int[steps * batchSize];
    int[] targets = new int[steps * batchSize];
    for (int b = 0; b < batchSize; b++) {
      int start = starts.applyAsInt(b);
      for (int t = 0; t < steps; t++) {
        inputs[t * batchSize + b] = corpus.token(start + t);
        targets[t * batchSize + b] = corpus.token(start + t + 1);
      }
    }
    return new Batch(batchSize, steps, inputs, targets);
  }

  /** T*B, the number of characters that the model predicts. */
  public int predictions() {
    return targets.length;
  }
}
