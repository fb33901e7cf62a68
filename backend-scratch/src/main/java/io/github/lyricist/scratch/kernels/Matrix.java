package io.github.lyricist.scratch.kernels;

import org.jspecify.annotations.Nullable;

/** A view of an array as a matrix. */
public final class Matrix {
  private final float[] data;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;
  private @Nullable Matrix transposed;

  /**
   * @param rowStride elements from a row to the next
   * @param columnStride elements from a column to the next
   */
  public Matrix(float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** A row-major matrix. */
  public static Matrix of(float[] data, int offset, int rows, int columns) {
    return new Matrix(data, offset, rows, columns, columns, 1);
  }

  /** None: no rows, no columns. */
  public static Matrix empty() {
    return of(new float[0], 0, 0, 0);
  }

  /**
   * A row-major matrix of this shape from the beginning of its array, which is made anew if it is
   * too small; this one itself if it has the shape.
   */
  public Matrix ofShape(int rows, int columns) {
    if (rows == this.rows && columns == this.columns) {
      return this;
    }
    int size = Math.multiplyExact(rows, columns);
    return of(data.length < size ? new float[size] : data, 0, rows, columns);
  }

  /** Some of its rows. */
  public Matrix rows(int from, int count) {
    return new Matrix(data, offset + from * rowStride, count, columns, rowStride, columnStride);
  }

  /** The same elements with rows and columns exchanged; always the same view. */
  public Matrix transposed() {
    if (transposed == null) {
      transposed = new Matrix(data, offset, columns, rows, columnStride, rowStride);
    }
    return transposed;
  }

  public float[] data() {
    return data;
  }

  /** Where its first element is. */
  public int offset() {
    return offset;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Elements from a row to the next. */
  public int rowStride() {
    return rowStride;
  }

  /** Elements from a column to the next. */
  int columnStride() {
    return columnStride;
  }
}
