package io.github.lyricist.sampling;

import io.github.lyricist.corpus.Corpus;
import java.util.function.IntToLongFunction;

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
    int predictions = Math.multiplyExact(batchSize, steps);
    if (inputs.length != predictions || targets.length != predictions) {
      throw new IllegalArgumentException(
          "expected %d inputs and targets, found %d and %d"
              .formatted(predictions, inputs.length, targets.length));
    }
  }

  /** The batch whose sequence b starts at token {@code starts.applyAsLong(b)} of the corpus. */
  public static Batch of(Corpus corpus, int batchSize, int steps, IntToLongFunction starts) {
    int[] inputs = new int[Math.multiplyExact(steps, batchSize)];
    int[] targets = new int[inputs.length];
    int[] sequence = new int[steps + 1];
    for (int b = 0; b < batchSize; b++) {
      corpus.read(starts.applyAsLong(b), sequence, 0, sequence.length);
      for (int t = 0; t < steps; t++) {
        inputs[t * batchSize + b] = sequence[t];
        targets[t * batchSize + b] = sequence[t + 1];
      }
    }
    return new Batch(batchSize, steps, inputs, targets);
  }

  /** T*B, the number of tokens that the model predicts. */
  public int predictions() {
    return targets.length;
  }
}
