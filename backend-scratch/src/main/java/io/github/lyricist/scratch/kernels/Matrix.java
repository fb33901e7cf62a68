package io.github.lyricist.scratch.kernels;

/**
 * A view of an array as a matrix.
 *
 * @param rowStride elements from a row to the next
 * @param columnStride elements from a column to the next
 */
public record Matrix(
    float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {

  /** A row-major matrix. */
  public static Matrix of(float[] data, int offset, int rows, int columns) {
    return new Matrix(data, offset, rows, columns, columns, 1);
  }

  public Matrix transposed() {
    return new Matrix(data, offset, columns, rows, columnStride, rowStride);
  }

  /** Some of its rows. */
  public Matrix rows(int from, int count) {
    return new Matrix(data, offset + from * rowStride, count, columns, rowStride, columnStride);
  }
}
