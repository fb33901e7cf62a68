package io.github.lyricist.scratch.kernels;

import java.util.Arrays;

/**
 * Products of matrices by blocks (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008). Holds the buffers that one thread needs; not for several at once. How
 * panels, parts and tiles lie is drawn in docs/performance.md.
 */
public final class MatrixProduct {
  private static final int DEPTH_BLOCK = 384;
  private static final int ROW_BLOCK = 128;
  // A sum of n single-precision terms is off by up to n/2 roundings, a sum of sums by far less.
  private static final int LONGEST_SUM = 64;

  private final Tile tile;
  private final float[] left; // what is read of A, where it is not read in place
  private final float[] edge; // a tile
  private float[] zeros = {}; // as many as the widest C has columns

  public MatrixProduct(Kernels kernels) {
    this.tile = kernels.tile();
    this.left = new float[DEPTH_BLOCK * (ROW_BLOCK + tile.rows())];
    this.edge = new float[tile.rows() * tile.columns()];
  }

  /** How many rows are computed at once: other numbers than multiples of this leave a rest. */
  public int tileRows() {
    return tile.rows();
  }

  /**
   * {@code C ← A·B} of {@code rows} rows: those of A from {@code aRow} on, and of C from {@code
   * cRow} on. Each element is summed in the order of the inner dimension, in parts of equal bounds,
   * so that a row of C doesn't depend on which rows are computed along with it.
   *
   * @param a {@code [.., K]}
   * @param b {@code [K, N]}
   * @param c {@code [.., N]}, its columns side by side
   */
  public void multiply(Matrix a, int aRow, PackedMatrix b, Matrix c, int cRow, int rows) {
    if (zeros.length < c.columns() + tile.columns()) {
      zeros = new float[c.columns() + tile.columns()];
    }
    multiply(a, aRow, b, 0, b.panels(), zeros, 0, c, cRow, rows);
  }

  /** {@code C ← bias + A·B}, the same bias for each row. */
  public void multiply(
      Matrix a, int aRow, PackedMatrix b, float[] bias, Matrix c, int cRow, int rows) {
    multiply(a, aRow, b, 0, b.panels(), bias, 0, c, cRow, rows);
  }

  /** {@code C ← C + A·B}. */
  public void add(Matrix a, int aRow, PackedMatrix b, Matrix c, int cRow, int rows) {
    addPanels(a, aRow, b, 0, b.panels(), c, cRow, rows);
  }

  /** {@code C ← C + A·B} in the columns of some of B's panels, from {@code panel} on. */
  public void addPanels(
      Matrix a, int aRow, PackedMatrix b, int panel, int panels, Matrix c, int cRow, int rows) {
    multiply(a, aRow, b, panel, panels, c.data(), c.rowStride(), c, cRow, rows);
  }

  /**
   * @param start what is added to: C itself, or a row
   * @param step from a row of it to the next, 0 for the same one again and again
   */
  private void multiply(
      Matrix a,
      int aRow,
      PackedMatrix b,
      int panel,
      int panels,
      float[] start,
      int step,
      Matrix c,
      int cRow,
      int rows) {
    if (a.columns() != b.depth()
        || c.columns() != b.columns()
        || aRow + rows > a.rows()
        || cRow + rows > c.rows()
        || Math.min(a.rowStride(), a.columnStride()) != 1
        || c.columnStride() != 1) {
      throw new IllegalArgumentException(
          "%d rows of [%d, %d] from %d times [%d, %d] into [%d, %d] from %d"
              .formatted(
                  rows,
                  a.rows(),
                  a.columns(),
                  aRow,
                  b.depth(),
                  b.columns(),
                  c.rows(),
                  c.columns(),
                  cRow));
    }
    for (int k = 0; k < a.columns(); k += DEPTH_BLOCK) {
      int depth = Math.min(DEPTH_BLOCK, a.columns() - k);
      for (int row = 0; row < rows; row += ROW_BLOCK) {
        int count = Math.min(ROW_BLOCK, rows - row);
        int from = a.offset() + (aRow + row) * a.rowStride() + k * a.columnStride();
        int to = c.offset() + (cRow + row) * c.rowStride();
        if (k == 0 && step == 0) {
          multiplyBlock(a, from, count, k, depth, b, panel, panels, start, 0, 0, c, to);
        } else {
          multiplyBlock(
              a, from, count, k, depth, b, panel, panels, c.data(), to, c.rowStride(), c, to);
        }
      }
    }
  }

  /** A block of A that is narrow and low enough for what is read of it to stay in cache. */
  private void multiplyBlock(
      Matrix a,
      int from,
      int rows,
      int k,
      int depth,
      PackedMatrix b,
      int panel,
      int panels,
      float[] start,
      int startAt,
      int step,
      Matrix c,
      int to) {
    int whole = a.columnStride() == 1 ? rows - rows % tile.rows() : 0;
    int rest = rows - whole;
    int stride = move(a, from + whole * a.rowStride(), rest, depth);
    int end = Math.min(c.columns(), (panel + panels) * tile.columns());
    for (int column = panel * tile.columns(); column < end; column += tile.columns()) {
      float[] sum = start;
      int sumAt = startAt + column;
      int sumStep = step;
      int cAt = to + column;
      for (int part = 0; part < depth; part += LONGEST_SUM) {
        int length = Math.min(LONGEST_SUM, depth - part);
        int bAt = column * b.depth() + (k + part) * tile.columns();
        int aAt = from + part;
        for (int i = 0; i < whole; i += tile.rows()) {
          multiplyTile(
              Left.ROWS,
              length,
              a.data(),
              aAt + i * a.rowStride(),
              a.rowStride(),
              b,
              bAt,
              sum,
              sumAt + i * sumStep,
              sumStep,
              c,
              cAt + i * c.rowStride(),
              tile.rows(),
              column);
        }
        for (int i = 0; i < rest; i += tile.rows()) {
          multiplyTile(
              rest == 1 ? Left.ROW : Left.COLUMNS,
              length,
              left,
              part * stride + i,
              stride,
              b,
              bAt,
              sum,
              sumAt + (whole + i) * sumStep,
              sumStep,
              c,
              cAt + (whole + i) * c.rowStride(),
              Math.min(tile.rows(), rest - i),
              column);
        }
        sum = c.data();
        sumAt = cAt;
        sumStep = c.rowStride();
      }
    }
  }

  /**
   * Moves rows of A to where they lie close together, one column after the other, filled up with
   * zeros to whole tiles, but for a row alone.
   *
   * @return from a column to the next
   */
  private int move(Matrix a, int from, int rows, int depth) {
    if (rows == 0) {
      return 0;
    }
    int stride = rows == 1 ? 1 : (rows + tile.rows() - 1) / tile.rows() * tile.rows();
    for (int k = 0; k < depth; k++) {
      int at = from + k * a.columnStride();
      if (a.rowStride() == 1) {
        System.arraycopy(a.data(), at, left, k * stride, rows);
      } else {
        for (int i = 0; i < rows; i++) {
          left[k * stride + i] = a.data()[at + i * a.rowStride()];
        }
      }
      Arrays.fill(left, k * stride + rows, (k + 1) * stride, 0);
    }
    return stride;
  }

  /** How a tile's rows of A lie: one row, rows at a distance, or columns at a distance. */
  private enum Left {
    ROW,
    ROWS,
    COLUMNS
  }

  /**
   * A part of the sums of one tile, which goes through a buffer of a whole tile's size where it
   * reaches beyond the result.
   *
   * @param rows of the result that the tile has
   * @param column of the result where the tile begins
   */
  private void multiplyTile(
      Left form,
      int length,
      float[] a,
      int aAt,
      int aStride,
      PackedMatrix b,
      int bAt,
      float[] sum,
      int sumAt,
      int sumStep,
      Matrix c,
      int cAt,
      int rows,
      int column) {
    int width = tile.columns();
    int columns = Math.min(width, c.columns() - column);
    if (columns == width && (rows == tile.rows() || form == Left.ROW)) {
      multiply(
          form, length, a, aAt, aStride, b, bAt, sum, sumAt, sumStep, c.data(), cAt, c.rowStride());
      return;
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(sum, sumAt + i * sumStep, edge, i * width, columns);
    }
    multiply(form, length, a, aAt, aStride, b, bAt, edge, 0, width, edge, 0, width);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * width, c.data(), cAt + i * c.rowStride(), columns);
    }
  }

  private void multiply(
      Left form,
      int length,
      float[] a,
      int aAt,
      int aStride,
      PackedMatrix b,
      int bAt,
      float[] sum,
      int sumAt,
      int sumStep,
      float[] c,
      int cAt,
      int cStride) {
    float[] packed = b.data();
    switch (form) {
      case ROW -> tile.multiplyRow(length, a, aAt, packed, bAt, sum, sumAt, c, cAt);
      case ROWS ->
          tile.multiplyRows(
              length, a, aAt, aStride, packed, bAt, sum, sumAt, sumStep, c, cAt, cStride);
      case COLUMNS ->
          tile.multiplyColumns(
              length, a, aAt, aStride, packed, bAt, sum, sumAt, sumStep, c, cAt, cStride);
    }
  }
}
