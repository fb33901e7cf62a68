package io.github.lyricist.scratch.kernels;

import java.util.Arrays;

/**
 * Products of matrices by blocks (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008). Holds the buffers that one thread needs; not for several at once.
 */
public final class MatrixProduct {
  private static final int DEPTH_BLOCK = 384;
  private static final int ROW_BLOCK = 128;
  // A sum of n single-precision terms is off by up to n/2 roundings, a sum of sums by far less.
  private static final int LONGEST_SUM = 64;

  private final Tile tile;
  private final float[] rest;
  private final float[] edge;
  private final float[] zeros;
  // The part of the sums that is under way: how many terms, and whether it is the first one, which
  // begins with the same row everywhere, not with what C holds.
  private int length;
  private boolean begins;
  private float[] beginning;
  private int beginningAt;

  public MatrixProduct(Kernels kernels) {
    this.tile = kernels.tile();
    this.rest = new float[tile.rows() * DEPTH_BLOCK];
    this.edge = new float[tile.rows() * tile.columns()];
    this.zeros = new float[tile.columns()];
    this.beginning = zeros;
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
    multiply(a, aRow, b, zeros, c, cRow, rows);
  }

  /** {@code C ← bias + A·B}, the same bias for each row. */
  public void multiply(
      Matrix a, int aRow, PackedMatrix b, float[] bias, Matrix c, int cRow, int rows) {
    beginning = bias;
    multiply(a, aRow, b, c, cRow, rows, false);
  }

  /** {@code C ← C + A·B}. */
  public void add(Matrix a, int aRow, PackedMatrix b, Matrix c, int cRow, int rows) {
    multiply(a, aRow, b, c, cRow, rows, true);
  }

  private void multiply(
      Matrix a, int aRow, PackedMatrix b, Matrix c, int cRow, int rows, boolean accumulate) {
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
        multiplyBlock(a, from, count, k, depth, b, c, to, accumulate || k > 0);
      }
    }
  }

  private void multiplyBlock(
      Matrix a,
      int from,
      int rows,
      int k,
      int depth,
      PackedMatrix b,
      Matrix c,
      int to,
      boolean accumulate) {
    int height = tile.rows();
    int width = tile.columns();
    int whole = rows - rows % height;
    int restRows = rows - whole;
    boolean byRows = a.columnStride() == 1;
    Left form = byRows ? Left.ROWS : Left.COLUMNS;
    int stride = byRows ? a.rowStride() : a.columnStride();
    // A row alone costs a third of a tile of four or more.
    boolean padRest = restRows > 1;
    int restAt = from + whole * a.rowStride();
    boolean restStands = byRows && !padRest;
    if (restRows > 0 && !restStands) {
      packRest(a, restAt, restRows, depth, padRest ? height : 1);
    }
    for (int column = 0; column < c.columns(); column += width) {
      int columns = Math.min(width, c.columns() - column);
      beginningAt = beginning == zeros ? 0 : column;
      for (int part = 0; part < depth; part += LONGEST_SUM) {
        length = Math.min(LONGEST_SUM, depth - part);
        begins = !accumulate && part == 0;
        int bAt = column * b.depth() + (k + part) * width;
        int aAt = from + part * a.columnStride();
        int cAt = to + column;
        for (int i = 0; i < whole; i += height, cAt += height * c.rowStride()) {
          multiply(
              form, a.data(), aAt + i * a.rowStride(), stride, b, bAt, c, cAt, height, columns);
        }
        if (padRest) {
          multiply(Left.COLUMNS, rest, part * height, height, b, bAt, c, cAt, restRows, columns);
        } else if (restRows == 1) {
          float[] row = restStands ? a.data() : rest;
          int at = (restStands ? restAt : 0) + part;
          multiply(Left.ROW, row, at, depth, b, bAt, c, cAt, 1, columns);
        }
      }
    }
  }

  /** How a tile's rows of A lie: one row, rows at a distance, or columns at a distance. */
  private enum Left {
    ROW,
    ROWS,
    COLUMNS
  }

  /** One tile, or one row of it, in place where it fits into C. */
  private void multiply(
      Left form,
      float[] a,
      int aAt,
      int aStride,
      PackedMatrix b,
      int bAt,
      Matrix c,
      int cAt,
      int rows,
      int columns) {
    int width = tile.columns();
    boolean fits = columns == width && (form == Left.ROW || rows == tile.rows());
    float[] start = edge;
    int startAt = 0;
    int startStep = width;
    float[] target = edge;
    int targetAt = 0;
    int targetStep = width;
    if (fits) {
      start = begins ? beginning : c.data();
      startAt = begins ? beginningAt : cAt;
      startStep = begins ? 0 : c.rowStride();
      target = c.data();
      targetAt = cAt;
      targetStep = c.rowStride();
    } else {
      takeEdge(c, cAt, rows, columns);
    }
    float[] packed = b.data();
    switch (form) {
      case ROW -> tile.multiplyRow(length, a, aAt, packed, bAt, start, startAt, target, targetAt);
      case ROWS ->
          tile.multiplyRows(
              length,
              a,
              aAt,
              aStride,
              packed,
              bAt,
              start,
              startAt,
              startStep,
              target,
              targetAt,
              targetStep);
      case COLUMNS ->
          tile.multiplyColumns(
              length,
              a,
              aAt,
              aStride,
              packed,
              bAt,
              start,
              startAt,
              startStep,
              target,
              targetAt,
              targetStep);
    }
    if (!fits) {
      leaveEdge(c, cAt, rows, columns);
    }
  }

  /** What reaches beyond the result goes through a buffer of a whole tile's size. */
  private void takeEdge(Matrix c, int at, int rows, int columns) {
    float[] start = begins ? beginning : c.data();
    for (int i = 0; i < rows; i++) {
      int from = begins ? beginningAt : at + i * c.rowStride();
      System.arraycopy(start, from, edge, i * tile.columns(), columns);
    }
  }

  private void leaveEdge(Matrix c, int at, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * tile.columns(), c.data(), at + i * c.rowStride(), columns);
    }
  }

  /**
   * The rows below the last whole tile, one column after the other.
   *
   * @param height rows of a column; those that are missing are filled up with zeros
   */
  private void packRest(Matrix a, int from, int rows, int depth, int height) {
    Arrays.fill(rest, 0, height * depth, 0);
    for (int k = 0; k < depth; k++) {
      for (int i = 0; i < rows; i++) {
        rest[k * height + i] = a.data()[from + k * a.columnStride() + i * a.rowStride()];
      }
    }
  }
}
