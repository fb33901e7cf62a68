package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;

/** The input side of a layer: what {@code W_ih x + bias} adds to the sums of its gates. */
interface LayerInput {
  /**
   * Computes the sums of all positions, where they are products.
   *
   * @param sums {@code [T*B, G*H]}, written
   * @param bias {@code float[G*H]}
   */
  default void sums(Matrix sums, float[] bias) {}

  /**
   * Computes the sums of one position, where they are gathered.
   *
   * @param to {@code float[G*H]} from {@code at}, written
   */
  default void gather(int position, float[] to, int at, float[] bias) {}
}
