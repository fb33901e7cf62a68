package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;

/** Sums of products of rows, in double precision. */
final class DotProducts {
  private DotProducts() {}

  /**
   * Of each row of a matrix with the row of its token.
   *
   * @param matrix {@code [T*B, width]}
   * @param table {@code [V, width]}
   * @param ids {@code int[T*B]}
   * @return {@code float[T*B]}
   */
  static float[] ofRows(Matrix matrix, float[] table, int[] ids, int width) {
    float[] products = new float[ids.length];
    for (int position = 0; position < ids.length; position++) {
      int row = matrix.offset() + position * matrix.rowStride();
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += (double) matrix.data()[row + i] * table[ids[position] * width + i];
      }
      products[position] = (float) sum;
    }
    return products;
  }
}
