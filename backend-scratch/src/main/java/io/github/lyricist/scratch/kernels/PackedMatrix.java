package io.github.lyricist.scratch.kernels;

import java.util.Optional;

/**
 * The right-hand side B of a product, {@code [depth, columns]}, rearranged for {@link Tile}: panels
 * of a tile's width, in each panel one row after the other, the last panel filled up with zeros.
 */
public final class PackedMatrix {
  private final int depth;
  private final int columns;
  private final int width;
  private final float[] data;

  public PackedMatrix(int depth, int columns, Kernels kernels) {
    this(
        depth,
        columns,
        kernels.tile().columns(),
        new float[Math.toIntExact((long) floats(depth, columns, kernels))]);
  }

  private PackedMatrix(int depth, int columns, int width, float[] data) {
    this.depth = depth;
    this.columns = columns;
    this.width = width;
    this.data = data;
  }

  /**
   * Takes an array for a matrix of this shape, which holds it transposed, row by row: each panel is
   * yet to be {@linkplain #packInPlace packed}. Empty where a packed matrix takes more than that.
   */
  public static Optional<PackedMatrix> over(
      float[] transposed, int depth, int columns, Kernels kernels) {
    int width = kernels.tile().columns();
    return columns % width == 0
        ? Optional.of(new PackedMatrix(depth, columns, width, transposed))
        : Optional.empty();
  }

  /** How many floats a matrix {@code [depth, columns]} takes, its last panel filled up. */
  public static double floats(double depth, double columns, Kernels kernels) {
    int width = kernels.tile().columns();
    return depth * Math.ceil(columns / width) * width;
  }

  /** Whether a matrix of this shape can be packed into it. */
  public boolean holds(Matrix matrix) {
    return matrix.rows() == depth && matrix.columns() == columns;
  }

  int depth() {
    return depth;
  }

  int columns() {
    return columns;
  }

  float[] data() {
    return data;
  }

  /** The matrix again, transposed: {@code float[columns*depth]}, row-major. */
  public float[] transposed() {
    float[] values = new float[Math.multiplyExact(columns, depth)];
    for (int column = 0; column < columns; column++) {
      int from = (column - column % width) * depth + column % width;
      for (int k = 0; k < depth; k++) {
        values[column * depth + k] = data[from + k * width];
      }
    }
    return values;
  }

  /** How many floats a panel has. */
  public int panelSize() {
    return width * depth;
  }

  /** How many panels there are to {@link #packPanel}. */
  public int panels() {
    return (columns + width - 1) / width;
  }

  /** Takes one panel's elements from a matrix {@code [depth, columns]}. */
  public void packPanel(Matrix matrix, int panel) {
    int firstColumn = panel * width;
    int count = Math.min(width, columns - firstColumn);
    int to = firstColumn * depth;
    int from = matrix.offset() + firstColumn * matrix.columnStride();
    if (matrix.columnStride() == 1) {
      for (int k = 0; k < depth; k++) {
        System.arraycopy(matrix.data(), from + k * matrix.rowStride(), data, to + k * width, count);
      }
    } else {
      packStrided(matrix, from, to, count);
    }
  }

  /**
   * Packs a panel where it lies, a column after the other.
   *
   * @param buffer for a copy of it, of a tile's width times the depth
   */
  public void packInPlace(int panel, float[] buffer) {
    int at = panel * width * depth;
    System.arraycopy(data, at, buffer, 0, width * depth);
    packStrided(Matrix.of(buffer, 0, width, depth).transposed(), 0, at, width);
  }

  /** Column after column in blocks of rows, so that what is read and written stays in cache. */
  private void packStrided(Matrix matrix, int from, int to, int count) {
    float[] source = matrix.data();
    int rowStride = matrix.rowStride();
    int block = 64;
    for (int k0 = 0; k0 < depth; k0 += block) {
      int k1 = Math.min(depth, k0 + block);
      for (int j = 0; j < count; j++) {
        int column = from + j * matrix.columnStride();
        for (int k = k0; k < k1; k++) {
          data[to + k * width + j] = source[column + k * rowStride];
        }
      }
    }
  }
}
