package io.github.lyricist.scratch.kernels;

import java.util.Arrays;

/** {@link Tile} in plain Java: loops that the compiler can vectorise by itself. */
final class ScalarTile implements Tile {
  private static final int ROWS = 4;
  private static final int COLUMNS = 64;

  private final float[] sums = new float[COLUMNS];

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiplyColumns(
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
      int cStride) {
    for (int i = 0; i < ROWS; i++) {
      multiplyRow(
          depth,
          a,
          aOffset + i,
          aStride,
          b,
          bOffset,
          start,
          from + i * step,
          c,
          cOffset + i * cStride);
    }
  }

  @Override
  public void multiplyRows(
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
      int cStride) {
    for (int i = 0; i < ROWS; i++) {
      int row = aOffset + i * aStride;
      multiplyRow(depth, a, row, 1, b, bOffset, start, from + i * step, c, cOffset + i * cStride);
    }
  }

  @Override
  public void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] start,
      int from,
      float[] c,
      int cOffset) {
    multiplyRow(depth, a, aOffset, 1, b, bOffset, start, from, c, cOffset);
  }

  private void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      float[] start,
      int from,
      float[] c,
      int cOffset) {
    Arrays.fill(sums, 0);
    for (int k = 0; k < depth; k++) {
      float factor = a[aOffset + k * aStep];
      int row = bOffset + k * COLUMNS;
      for (int j = 0; j < COLUMNS; j++) {
        sums[j] += factor * b[row + j];
      }
    }
    for (int j = 0; j < COLUMNS; j++) {
      c[cOffset + j] = start[from + j] + sums[j];
    }
  }
}
