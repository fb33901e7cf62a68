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
  // Their rows of a transposed matrix make up a line of the cache.
  private static final int TILES_TOGETHER = 4;

  private final Tile tile;
  private final float[] left;
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
    int rows = (ROW_BLOCK + tile.rows() - 1) / tile.rows() * tile.rows();
    this.left = new float[rows * DEPTH_BLOCK];
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
    int whole = rows - rows % tile.rows();
    int rest = rows - whole;
    boolean asItStands = a.columnStride() == 1;
    if (!asItStands) {
      packTiles(a, from, whole, depth);
    }
    // A row alone costs a third of a whole tile or more; beyond that, a tile is cheaper.
    boolean padRest = rest > tile.rows() / 3;
    packRest(a, from + whole * a.rowStride(), rest, whole * depth, depth, padRest);
    int width = tile.columns();
    for (int column = 0; column < c.columns(); column += width) {
      int columns = Math.min(width, c.columns() - column);
      beginningAt = beginning == zeros ? 0 : column;
      for (int part = 0; part < depth; part += LONGEST_SUM) {
        length = Math.min(LONGEST_SUM, depth - part);
        begins = !accumulate && part == 0;
        int bAt = column * b.depth() + (k + part) * width;
        for (int i = 0; i < whole; i += tile.rows()) {
          int cAt = to + i * c.rowStride() + column;
          if (asItStands) {
            multiplyRows(a, from + i * a.rowStride() + part, b, bAt, c, cAt, columns);
          } else {
            multiplyTile(i * depth + part * tile.rows(), b, bAt, c, cAt, tile.rows(), columns);
          }
        }
        int cAt = to + whole * c.rowStride() + column;
        if (padRest) {
          multiplyTile(whole * depth + part * tile.rows(), b, bAt, c, cAt, rest, columns);
        } else {
          for (int i = 0; i < rest; i++) {
            int leftAt = (whole + i) * depth + part;
            multiplyRow(leftAt, b, bAt, c, cAt + i * c.rowStride(), columns);
          }
        }
      }
    }
  }

  private void multiplyRows(
      Matrix a, int aAt, PackedMatrix b, int bAt, Matrix c, int cAt, int columns) {
    int width = tile.columns();
    int stride = c.rowStride();
    if (columns == width) {
      float[] start = begins ? beginning : c.data();
      int from = begins ? beginningAt : cAt;
      int step = begins ? 0 : stride;
      tile.multiplyRows(
          length,
          a.data(),
          aAt,
          a.rowStride(),
          b.data(),
          bAt,
          start,
          from,
          step,
          c.data(),
          cAt,
          stride);
    } else {
      takeEdge(c, cAt, tile.rows(), columns);
      tile.multiplyRows(
          length, a.data(), aAt, a.rowStride(), b.data(), bAt, edge, 0, width, edge, 0, width);
      leaveEdge(c, cAt, tile.rows(), columns);
    }
  }

  private void multiplyTile(
      int leftAt, PackedMatrix b, int bAt, Matrix c, int cAt, int rows, int columns) {
    int width = tile.columns();
    int stride = c.rowStride();
    if (rows == tile.rows() && columns == width) {
      float[] start = begins ? beginning : c.data();
      int from = begins ? beginningAt : cAt;
      int step = begins ? 0 : stride;
      tile.multiply(length, left, leftAt, b.data(), bAt, start, from, step, c.data(), cAt, stride);
    } else {
      takeEdge(c, cAt, rows, columns);
      tile.multiply(length, left, leftAt, b.data(), bAt, edge, 0, width, edge, 0, width);
      leaveEdge(c, cAt, rows, columns);
    }
  }

  private void multiplyRow(int leftAt, PackedMatrix b, int bAt, Matrix c, int cAt, int columns) {
    if (columns == tile.columns()) {
      float[] start = begins ? beginning : c.data();
      int from = begins ? beginningAt : cAt;
      tile.multiplyRow(length, left, leftAt, b.data(), bAt, start, from, c.data(), cAt);
    } else {
      takeEdge(c, cAt, 1, columns);
      tile.multiplyRow(length, left, leftAt, b.data(), bAt, edge, 0, edge, 0);
      leaveEdge(c, cAt, 1, columns);
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

  /** Tiles of a transposed matrix: in each one column after the other. */
  private void packTiles(Matrix a, int from, int rows, int depth) {
    int together = TILES_TOGETHER * tile.rows();
    for (int first = 0; first < rows; first += together) {
      int tiles = Math.min(together, rows - first) / tile.rows();
      int at = from + first * a.rowStride();
      tile.interleave(depth, a.data(), at, a.columnStride(), tiles, left, first * depth);
    }
  }

  /** The rows below the last whole tile: a tile filled up with zeros, or each row as it is. */
  private void packRest(Matrix a, int from, int rows, int to, int depth, boolean pad) {
    if (pad) {
      Arrays.fill(left, to, to + tile.rows() * depth, 0);
      packTile(a, from, rows, to, depth);
    } else {
      for (int i = 0; i < rows; i++) {
        int start = from + i * a.rowStride();
        for (int k = 0; k < depth; k++) {
          left[to + i * depth + k] = a.data()[start + k * a.columnStride()];
        }
      }
    }
  }

  private void packTile(Matrix a, int from, int rows, int to, int depth) {
    float[] source = a.data();
    int height = tile.rows();
    int rowStride = a.rowStride();
    int columnStride = a.columnStride();
    for (int k = 0; k < depth; k++) {
      for (int i = 0; i < rows; i++) {
        left[to + k * height + i] = source[from + k * columnStride + i * rowStride];
      }
    }
  }
}
