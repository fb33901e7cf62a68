package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;

/**
 * How many positions a batch has.
 *
 * @param batchSize B
 * @param steps T
 */
record BatchShape(int batchSize, int steps) {
  static BatchShape of(int[] ids, HiddenState state) {
    return new BatchShape(state.batchSize(), ids.length / state.batchSize());
  }

  /** T*B. */
  long positions() {
    return Math.multiplyFull(steps, batchSize);
  }
}
