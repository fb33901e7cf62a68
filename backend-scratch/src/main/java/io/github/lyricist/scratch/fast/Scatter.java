package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import java.util.Arrays;

/**
 * The gradient of a gather: each token's row is the sum of the rows that it was gathered for.
 * Threads share out the vocabulary.
 */
final class Scatter {
  private static final int TOKENS_PER_TASK = 128;

  private final Kernels kernels;
  private final Workers workers;
  private final float[] gradient; // [V, width]
  private final int width;
  private final int[] lastCalls; // [V], the call that last wrote a row
  private final Workers.Task scatter = this::scatter;
  private int call;
  private Matrix matrix = Matrix.empty();
  private int[] ids = {};
  private boolean keep;

  /**
   * @param gradient {@code [V, width]}
   */
  Scatter(float[] gradient, int width, Kernels kernels, Workers workers) {
    this.gradient = gradient;
    this.width = width;
    this.kernels = kernels;
    this.workers = workers;
    this.lastCalls = new int[gradient.length / width];
  }

  /**
   * Sums into the gradient.
   *
   * @param matrix {@code [T*B, width]}
   * @param ids {@code [T*B]}
   * @param keep whether what the gradient holds stays, and is added to
   */
  void sum(Matrix matrix, int[] ids, boolean keep) {
    this.matrix = matrix;
    this.ids = ids;
    this.keep = keep;
    call++;
    workers.run((lastCalls.length + TOKENS_PER_TASK - 1) / TOKENS_PER_TASK, scatter);
  }

  private void scatter(int task, int worker) {
    int first = task * TOKENS_PER_TASK;
    int end = Math.min(lastCalls.length, first + TOKENS_PER_TASK);
    for (int i = 0; i < ids.length; i++) {
      int id = ids[i];
      if (first <= id && id < end) {
        int row = matrix.offset() + i * matrix.rowStride();
        if (keep || lastCalls[id] == call) {
          kernels.add(gradient, id * width, matrix.data(), row, width);
        } else {
          System.arraycopy(matrix.data(), row, gradient, id * width, width);
          lastCalls[id] = call;
        }
      }
    }
    for (int id = first; id < end && !keep; id++) {
      if (lastCalls[id] != call) {
        Arrays.fill(gradient, id * width, (id + 1) * width, 0);
      }
    }
  }
}
