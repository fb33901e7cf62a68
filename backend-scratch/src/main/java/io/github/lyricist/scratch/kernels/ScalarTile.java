package io.github.lyricist.scratch.kernels;

/** {@link Tile} in plain Java: loops that the compiler can vectorise by itself. */
final class ScalarTile implements Tile {
  private static final int ROWS = 4;
  private static final int COLUMNS = 64;

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      boolean accumulate) {
    for (int i = 0; i < ROWS; i++) {
      multiplyRow(depth, a, aOffset + i, ROWS, b, bOffset, c, cOffset + i * cStride, accumulate);
    }
  }

  @Override
  public void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    multiplyRow(depth, a, aOffset, 1, b, bOffset, c, cOffset, accumulate);
  }

  private static void multiplyRow(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    float[] sums = new float[COLUMNS];
    for (int k = 0; k < depth; k++) {
      float factor = a[aOffset + k * aStride];
      int row = bOffset + k * COLUMNS;
      for (int j = 0; j < COLUMNS; j++) {
        sums[j] += factor * b[row + j];
      }
    }
    for (int j = 0; j < COLUMNS; j++) {
      c[cOffset + j] = accumulate ? c[cOffset + j] + sums[j] : sums[j];
    }
  }
}
