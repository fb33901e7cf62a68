package io.github.lyricist.scratch.kernels;

/**
 * The inner block of a matrix product: a few rows by a few columns of the result, kept in registers
 * while the inner dimension is gone through. Each element is one chain of additions from zero, in
 * the order of that dimension, and is added to the result after that.
 */
interface Tile {
  /** Rows of a block. */
  int rows();

  /** Columns of a block, the width of a panel of {@link PackedMatrix}. */
  int columns();

  /**
   * {@code C ← A·B}, or {@code C ← C + A·B}.
   *
   * @param depth the inner dimension
   * @param a {@code float[depth*rows]} from {@code aOffset}, a column after the other
   * @param b {@code float[depth*columns]} from {@code bOffset}, a row after the other
   * @param c rows {@code cStride} apart from {@code cOffset}
   */
  void multiply(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      boolean accumulate);

  /** The same with one row: {@code a} is {@code float[depth]}. */
  void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate);
}
