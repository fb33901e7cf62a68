package io.github.lyricist.scratch.kernels;

/**
 * The inner block of a matrix product: a few rows by a few columns of the result, kept in registers
 * while the inner dimension is gone through. Each element is one chain of additions from zero, in
 * the order of that dimension, and is added to the result after that. Belongs to one thread.
 */
interface Tile {
  /** Rows of a block. */
  int rows();

  /** Columns of a block, the width of a panel of {@link PackedMatrix}. */
  int columns();

  /**
   * {@code C ← S + A·B}, of a left-hand side that stands row by row.
   *
   * @param depth the inner dimension
   * @param a rows of {@code depth} {@code aStride} apart from {@code aOffset}
   * @param b {@code float[depth*columns]} from {@code bOffset}, a row after the other
   * @param start S, which may be C: rows {@code step} apart from {@code from}; 0 for the same row
   *     again and again
   * @param c rows {@code cStride} apart from {@code cOffset}
   */
  void multiplyRows(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      float[] start,
      int from,
      int step,
      float[] c,
      int cOffset,
      int cStride);

  /**
   * The same of a left-hand side that stands column by column: they are {@code aStride} apart from
   * {@code aOffset}.
   */
  void multiplyColumns(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      float[] start,
      int from,
      int step,
      float[] c,
      int cOffset,
      int cStride);

  /** {@link #multiplyRows} of one row: {@code a} is {@code float[depth]}. */
  void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] start,
      int from,
      float[] c,
      int cOffset);
}
