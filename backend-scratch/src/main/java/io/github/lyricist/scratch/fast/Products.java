package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matrix products, and what goes with them, on all threads; one at a time. */
final class Products {
  private static final int MOST_ROWS_PER_TASK = 64;
  // Multiplications that take one thread some four microseconds, ten times what handing over takes.
  private static final long FEWEST_TO_SHARE = 1 << 16;
  private static final float[] NO_BIAS = {};

  private final Kernels kernels;
  private final Workers workers;
  private final MatrixProduct[] products;
  private final Workers.Task packPanel = this::packPanel;
  private final Workers.Task multiplyRows = this::multiplyRows;
  private final Workers.Task addPanels = this::addPanels;
  // what the tasks work on
  private Matrix a = Matrix.empty();
  private Matrix c = Matrix.empty();
  private PackedMatrix b;
  private float[] bias = NO_BIAS;
  private int rowsPerTask = 1;
  private int aRow;
  private int cRow;
  private int panelsPerTask = 1;

  Products(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.products =
        Stream.generate(() -> new MatrixProduct(kernels))
            .limit(workers.threads())
            .toArray(MatrixProduct[]::new);
    this.b = packed(0, 0);
  }

  Workers workers() {
    return workers;
  }

  Kernels kernels() {
    return kernels;
  }

  /** The products of one thread, for use inside a task. */
  MatrixProduct ofWorker(int worker) {
    return products[worker];
  }

  /** How many of a product's rows a task takes, so that none but the last leaves part of a tile. */
  int rowsPerTask(int rows, int most) {
    int height = products[0].tileRows();
    return (workers.pieceOf(rows, most) + height - 1) / height * height;
  }

  /** An empty right-hand side {@code [depth, columns]}. */
  PackedMatrix packed(int depth, int columns) {
    return new PackedMatrix(depth, columns, kernels);
  }

  /** Rearranges a right-hand side. */
  void pack(Matrix matrix, PackedMatrix packed) {
    a = matrix;
    b = packed;
    workers.run(packed.panels(), packPanel);
  }

  private void packPanel(int panel, int worker) {
    b.packPanel(a, panel);
  }

  /**
   * A right-hand side rearranged where it lies, if the two forms take as much, or else in an array
   * of its own.
   *
   * @param transposed {@code float[columns*depth]}; given away
   */
  PackedMatrix packedFrom(float[] transposed, int depth, int columns) {
    return PackedMatrix.over(transposed, depth, columns, kernels)
        .map(this::packInPlace)
        .orElseGet(() -> repacked(Matrix.of(transposed, 0, columns, depth).transposed(), null));
  }

  private PackedMatrix packInPlace(PackedMatrix packed) {
    float[][] buffers = new float[workers.threads()][packed.panelSize()];
    workers.run(packed.panels(), (panel, worker) -> packed.packInPlace(panel, buffers[worker]));
    return packed;
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
    multiply(a, b, c, NO_BIAS);
  }

  /**
   * {@code C ← A·B + bias}, the same bias for each row; threads share out the rows.
   *
   * @param bias as long as a row of C
   */
  void multiply(Matrix a, PackedMatrix b, Matrix c, float[] bias) {
    if (a.rows() == 1 && bias.length > 0) {
      System.arraycopy(bias, 0, c.data(), c.offset(), bias.length);
      add(a, 0, b, c, 0);
      return;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.bias = bias;
    rowsPerTask = rowsPerTask(a.rows(), MOST_ROWS_PER_TASK);
    workers.run((a.rows() + rowsPerTask - 1) / rowsPerTask, multiplyRows);
  }

  private void multiplyRows(int number, int worker) {
    int from = number * rowsPerTask;
    int rows = Math.min(rowsPerTask, a.rows() - from);
    if (bias.length == 0) {
      products[worker].multiply(a, from, b, c, from, rows);
    } else {
      products[worker].multiply(a, from, b, bias, c, from, rows);
    }
  }

  /**
   * {@code C ← C + A·B} of one row each; threads share out the columns, where there is enough to.
   */
  void add(Matrix a, int aRow, PackedMatrix b, Matrix c, int cRow) {
    if ((long) a.columns() * c.columns() < FEWEST_TO_SHARE) {
      products[0].add(a, aRow, b, c, cRow, 1);
      return;
    }
    this.a = a;
    this.aRow = aRow;
    this.b = b;
    this.c = c;
    this.cRow = cRow;
    panelsPerTask = workers.pieceOf(b.panels(), b.panels());
    workers.run((b.panels() + panelsPerTask - 1) / panelsPerTask, addPanels);
  }

  private void addPanels(int number, int worker) {
    int from = number * panelsPerTask;
    int panels = Math.min(panelsPerTask, b.panels() - from);
    products[worker].addPanels(a, aRow, b, from, panels, c, cRow, 1);
  }
}
