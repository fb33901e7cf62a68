package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.stream.Stream;

/** Matrix products on all threads. */
final class Products {
  private static final int ROWS_A_TASK = 64;

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
    int columnsATask = 256;
    workers.run(
        (matrix.columns() + columnsATask - 1) / columnsATask,
        (task, worker) -> {
          int from = task * columnsATask;
          int count = Math.min(columnsATask, matrix.columns() - from);
          int first = matrix.offset() + from;
          System.arraycopy(matrix.data(), first, sums, from, count);
          for (int row = 1; row < matrix.rows(); row++) {
            kernels.add(sums, from, matrix.data(), first + row * matrix.rowStride(), count);
          }
        });
  }
}
