package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.stream.Stream;

/** Matrix products on all threads. */
final class Products {
  private static final int ROWS_A_TASK = 64;
  private static final int COLUMNS_A_TASK = 256;
  private static final int ROWS_A_SUM = 8;

  private final Kernels kernels;
  private final Workers workers;
  private final MatrixProduct[] products;

  Products(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.products =
        Stream.generate(() -> new MatrixProduct(kernels))
            .limit(workers.threads())
            .toArray(MatrixProduct[]::new);
  }

  Workers workers() {
    return workers;
  }

  /** The products of one thread, for use inside a task. */
  MatrixProduct ofWorker(int worker) {
    return products[worker];
  }

  /** An empty right-hand side {@code [depth, columns]}. */
  PackedMatrix packed(int depth, int columns) {
    return new PackedMatrix(depth, columns, kernels);
  }

  /** Rearranges a right-hand side. */
  void pack(Matrix matrix, PackedMatrix packed) {
    workers.run(packed.panels(), (panel, worker) -> packed.packPanel(matrix, panel));
  }

  /** {@code C ← A·B}; threads share out the rows. */
  void multiply(Matrix a, PackedMatrix b, Matrix c) {
    workers.run(
        (a.rows() + ROWS_A_TASK - 1) / ROWS_A_TASK,
        (task, worker) -> {
          int from = task * ROWS_A_TASK;
          int rows = Math.min(ROWS_A_TASK, a.rows() - from);
          products[worker].multiply(a.rows(from, rows), b, c.rows(from, rows), false);
        });
  }

  /** Column sums of {@code matrix}, a row-major one, into {@code sums}. */
  void sumRows(Matrix matrix, float[] sums) {
    workers.run(
        (matrix.columns() + COLUMNS_A_TASK - 1) / COLUMNS_A_TASK,
        (task, worker) -> {
          int from = task * COLUMNS_A_TASK;
          int count = Math.min(COLUMNS_A_TASK, matrix.columns() - from);
          float[] halves = new float[Integer.SIZE * count];
          sumRowsPairwise(matrix, from, count, halves, 0);
          System.arraycopy(halves, 0, sums, from, count);
        });
  }

  /** Halves the rows until few are left: the error grows with the logarithm of their number. */
  private void sumRowsPairwise(Matrix matrix, int from, int count, float[] sums, int at) {
    if (matrix.rows() > ROWS_A_SUM) {
      int half = matrix.rows() / 2;
      int next = at + count;
      sumRowsPairwise(matrix.rows(0, half), from, count, sums, at);
      sumRowsPairwise(matrix.rows(half, matrix.rows() - half), from, count, sums, next);
      kernels.add(sums, at, sums, next, count);
    } else {
      int first = matrix.offset() + from;
      System.arraycopy(matrix.data(), first, sums, at, count);
      for (int row = 1; row < matrix.rows(); row++) {
        kernels.add(sums, at, matrix.data(), first + row * matrix.rowStride(), count);
      }
    }
  }
}
