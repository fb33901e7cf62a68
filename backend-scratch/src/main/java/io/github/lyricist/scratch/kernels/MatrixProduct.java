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
  private final float[] left;
  private final float[] edge;

  public MatrixProduct(Kernels kernels) {
    this.tile = kernels.tile();
    int rows = (ROW_BLOCK + tile.rows() - 1) / tile.rows() * tile.rows();
    this.left = new float[rows * DEPTH_BLOCK];
    this.edge = new float[tile.rows() * tile.columns()];
  }

  /**
   * {@code C ← A·B}, or {@code C ← C + A·B}. Each element is summed in the order of the inner
   * dimension, in parts of equal bounds, so that a row of C doesn't depend on which rows are
   * computed along with it.
   *
   * @param a {@code [M, K]}
   * @param b {@code [K, N]}
   * @param c {@code [M, N]}, its columns side by side
   */
  public void multiply(Matrix a, PackedMatrix b, Matrix c, boolean accumulate) {
    if (a.columns() != b.depth()
        || c.rows() != a.rows()
        || c.columns() != b.columns()
        || c.columnStride() != 1) {
      throw new IllegalArgumentException(
          "shapes [%d, %d] times [%d, %d] into [%d, %d]"
              .formatted(a.rows(), a.columns(), b.depth(), b.columns(), c.rows(), c.columns()));
    }
    for (int k = 0; k < a.columns(); k += DEPTH_BLOCK) {
      int depth = Math.min(DEPTH_BLOCK, a.columns() - k);
      for (int row = 0; row < a.rows(); row += ROW_BLOCK) {
        int rows = Math.min(ROW_BLOCK, a.rows() - row);
        multiplyBlock(a, row, rows, k, depth, b, c, accumulate || k > 0);
      }
    }
  }

  private void multiplyBlock(
      Matrix a, int row, int rows, int k, int depth, PackedMatrix b, Matrix c, boolean accumulate) {
    int whole = rows - rows % tile.rows();
    int rest = rows - whole;
    // A row alone costs about a third of a whole tile; from three rows on, a tile is cheaper.
    boolean padRest = rest > 2;
    packLeft(a, row, rows, k, depth, padRest);
    int width = tile.columns();
    for (int column = 0; column < c.columns(); column += width) {
      int bOffset = column * b.depth() + k * width;
      boolean fits = column + width <= c.columns();
      int cOffset = c.offset() + row * c.rowStride() + column;
      for (int i = 0; i < whole; i += tile.rows()) {
        int to = cOffset + i * c.rowStride();
        if (fits) {
          multiplyTile(depth, i * depth, b, bOffset, c.data(), to, c.rowStride(), accumulate);
        } else {
          multiplyEdge(
              depth, i * depth, b, bOffset, c, to, tile.rows(), c.columns() - column, accumulate);
        }
      }
      int to = cOffset + whole * c.rowStride();
      int edgeColumns = Math.min(width, c.columns() - column);
      if (padRest) {
        multiplyEdge(depth, whole * depth, b, bOffset, c, to, rest, edgeColumns, accumulate);
      } else {
        for (int i = 0; i < rest; i++) {
          multiplyEdgeRow(
              depth,
              (whole + i) * depth,
              b,
              bOffset,
              c,
              to + i * c.rowStride(),
              edgeColumns,
              accumulate);
        }
      }
    }
  }

  private void multiplyTile(
      int depth,
      int leftOffset,
      PackedMatrix b,
      int bOffset,
      float[] to,
      int offset,
      int stride,
      boolean accumulate) {
    for (int k = 0; k < depth; k += LONGEST_SUM) {
      tile.multiply(
          Math.min(LONGEST_SUM, depth - k),
          left,
          leftOffset + k * tile.rows(),
          b.data(),
          bOffset + k * tile.columns(),
          to,
          offset,
          stride,
          accumulate || k > 0);
    }
  }

  private void multiplyTileRow(
      int depth,
      int leftOffset,
      PackedMatrix b,
      int bOffset,
      float[] to,
      int offset,
      boolean accumulate) {
    for (int k = 0; k < depth; k += LONGEST_SUM) {
      tile.multiplyRow(
          Math.min(LONGEST_SUM, depth - k),
          left,
          leftOffset + k,
          b.data(),
          bOffset + k * tile.columns(),
          to,
          offset,
          accumulate || k > 0);
    }
  }

  /** A tile that reaches beyond the result goes through a buffer of a whole tile's size. */
  private void multiplyEdge(
      int depth,
      int leftOffset,
      PackedMatrix b,
      int bOffset,
      Matrix c,
      int cOffset,
      int rows,
      int columns,
      boolean accumulate) {
    int width = tile.columns();
    if (accumulate) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(c.data(), cOffset + i * c.rowStride(), edge, i * width, columns);
      }
    }
    multiplyTile(depth, leftOffset, b, bOffset, edge, 0, width, accumulate);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * width, c.data(), cOffset + i * c.rowStride(), columns);
    }
  }

  private void multiplyEdgeRow(
      int depth,
      int leftOffset,
      PackedMatrix b,
      int bOffset,
      Matrix c,
      int cOffset,
      int columns,
      boolean accumulate) {
    if (columns == tile.columns()) {
      multiplyTileRow(depth, leftOffset, b, bOffset, c.data(), cOffset, accumulate);
      return;
    }
    if (accumulate) {
      System.arraycopy(c.data(), cOffset, edge, 0, columns);
    }
    multiplyTileRow(depth, leftOffset, b, bOffset, edge, 0, accumulate);
    System.arraycopy(edge, 0, c.data(), cOffset, columns);
  }

  /**
   * Rows by the tile, in each tile a column after the other; single rows after that as they are.
   */
  private void packLeft(Matrix a, int row, int rows, int k, int depth, boolean padRest) {
    int height = tile.rows();
    for (int first = 0; first < rows; first += height) {
      int count = Math.min(height, rows - first);
      int from = a.offset() + (row + first) * a.rowStride() + k * a.columnStride();
      if (count < height && !padRest) {
        packRows(a, from, count, first * depth, depth);
      } else {
        if (count < height) {
          Arrays.fill(left, first * depth, (first + height) * depth, 0);
        }
        packTile(a, from, count, first * depth, depth);
      }
    }
  }

  private void packTile(Matrix a, int from, int count, int to, int depth) {
    float[] source = a.data();
    int height = tile.rows();
    int columnStride = a.columnStride();
    if (a.rowStride() == 1) {
      for (int k = 0; k < depth; k++) {
        for (int i = 0; i < count; i++) {
          left[to + k * height + i] = source[from + k * columnStride + i];
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        int start = from + i * a.rowStride();
        for (int k = 0; k < depth; k++) {
          left[to + k * height + i] = source[start + k * columnStride];
        }
      }
    }
  }

  private void packRows(Matrix a, int from, int count, int to, int depth) {
    for (int i = 0; i < count; i++) {
      int start = from + i * a.rowStride();
      for (int k = 0; k < depth; k++) {
        left[to + i * depth + k] = a.data()[start + k * a.columnStride()];
      }
    }
  }
}
