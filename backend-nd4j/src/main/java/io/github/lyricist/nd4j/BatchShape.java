package io.github.lyricist.nd4j;

import io.github.lyricist.sampling.Batch;

/**
 * How many positions a batch has.
 *
 * @param batchSize B
 * @param steps T
 */
record BatchShape(int batchSize, int steps) {
  static BatchShape of(Batch batch) {
    return new BatchShape(batch.batchSize(), batch.steps());
  }

  /** T*B. */
  long positions() {
    return Math.multiplyFull(steps, batchSize);
  }
}
