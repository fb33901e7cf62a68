package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/** The gradient of a bias: the sums of a matrix's columns, on all threads. */
final class ColumnSums {
  private static final int COLUMNS_PER_TASK = 256;
  private static final int ROWS_PER_SUM = 8;

  private final Kernels kernels;
  private final Workers workers;
  private final float[][] halves; // of each thread: the sums that wait for others, [32, 256]
  private final Workers.Task sumColumns = this::sumColumns;
  private Matrix matrix = Matrix.empty();
  private float[] sums = {};

  ColumnSums(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.halves = new float[workers.threads()][Integer.SIZE * COLUMNS_PER_TASK];
  }

  /** Column sums of {@code matrix}, a row-major one, into {@code sums}. */
  void sum(Matrix matrix, float[] sums) {
    this.matrix = matrix;
    this.sums = sums;
    workers.run((matrix.columns() + COLUMNS_PER_TASK - 1) / COLUMNS_PER_TASK, sumColumns);
  }

  private void sumColumns(int task, int worker) {
    int from = task * COLUMNS_PER_TASK;
    int count = Math.min(COLUMNS_PER_TASK, matrix.columns() - from);
    sumPairwise(matrix.offset() + from, matrix.rows(), count, halves[worker], 0);
    System.arraycopy(halves[worker], 0, sums, from, count);
  }

  /** Halves the rows until few are left: the error grows with the logarithm of their number. */
  private void sumPairwise(int first, int rows, int count, float[] sums, int at) {
    int stride = matrix.rowStride();
    if (rows > ROWS_PER_SUM) {
      int half = rows / 2;
      int next = at + count;
      sumPairwise(first, half, count, sums, at);
      sumPairwise(first + half * stride, rows - half, count, sums, next);
      kernels.add(sums, at, sums, next, count);
    } else {
      System.arraycopy(matrix.data(), first, sums, at, count);
      for (int row = 1; row < rows; row++) {
        kernels.add(sums, at, matrix.data(), first + row * stride, count);
      }
    }
  }
}
