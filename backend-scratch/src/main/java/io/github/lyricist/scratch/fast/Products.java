package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matrix products on all threads. */
final class Products {
  private static final int ROWS_A_TASK = 64;
  private static final int COLUMNS_A_TASK = 256;
  private static final int COLUMNS_A_SCATTER = 64;
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

  /** A right-hand side rearranged, into {@code old} where that has the right shape. */
  PackedMatrix repacked(Matrix matrix, @Nullable PackedMatrix old) {
    PackedMatrix packed =
        old != null && old.holds(matrix) ? old : packed(matrix.rows(), matrix.columns());
    pack(matrix, packed);
    return packed;
  }

  /** {@code C ← A·B}; threads share out the rows. */
  void multiply(Matrix a, PackedMatrix b, Matrix c) {
    forEachBlockOf(
        a.rows(),
        (from, rows, product) ->
            product.multiply(a.rows(from, rows), b, c.rows(from, rows), false));
  }

  /**
   * {@code C ← A·B + bias}, the same bias for each row; threads share out the rows.
   *
   * @param bias as long as a row of C
   */
  void multiply(Matrix a, PackedMatrix b, Matrix c, float[] bias) {
    forEachBlockOf(
        a.rows(),
        (from, rows, product) -> {
          for (int row = from; row < from + rows; row++) {
            System.arraycopy(bias, 0, c.data(), c.offset() + row * c.rowStride(), bias.length);
          }
          product.multiply(a.rows(from, rows), b, c.rows(from, rows), true);
        });
  }

  /** Work on rows, or sequences, {@code first} to {@code first + count - 1}. */
  @FunctionalInterface
  interface RowsTask {
    void run(int first, int count, MatrixProduct product);
  }

  private void forEachBlockOf(int rows, RowsTask task) {
    workers.run(
        (rows + ROWS_A_TASK - 1) / ROWS_A_TASK,
        (number, worker) -> {
          int first = number * ROWS_A_TASK;
          task.run(first, Math.min(ROWS_A_TASK, rows - first), products[worker]);
        });
  }

  /** Shares out rows evenly, one share a thread. */
  void forEachShareOf(int rows, RowsTask task) {
    int share = (rows + workers.threads() - 1) / workers.threads();
    workers.run(
        (rows + share - 1) / share,
        (number, worker) -> {
          int first = number * share;
          task.run(first, Math.min(share, rows - first), products[worker]);
        });
  }

  /**
   * The gradient of a gather: adds row i of {@code matrix} to row {@code ids[i]} of {@code to}.
   * Threads share out the columns.
   */
  void scatterRows(Matrix matrix, int[] ids, float[] to) {
    int width = matrix.columns();
    workers.run(
        (width + COLUMNS_A_SCATTER - 1) / COLUMNS_A_SCATTER,
        (task, worker) -> {
          int from = task * COLUMNS_A_SCATTER;
          int count = Math.min(COLUMNS_A_SCATTER, width - from);
          for (int i = 0; i < ids.length; i++) {
            int row = matrix.offset() + i * matrix.rowStride();
            kernels.add(to, ids[i] * width + from, matrix.data(), row + from, count);
          }
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
