package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} of 6 rows by 2 vectors: 12 accumulators, for processors with 16 vector registers.
 * One local variable an accumulator keeps each in a register.
 */
final class NarrowTile implements Tile {
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 6;
  private static final int COLUMNS = 2 * LANES;

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
      float[] start,
      int from,
      int step,
      float[] c,
      int cOffset,
      int cStride) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = zero, c01 = zero;
    FloatVector c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero;
    FloatVector c30 = zero, c31 = zero;
    FloatVector c40 = zero, c41 = zero;
    FloatVector c50 = zero, c51 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      int column = aOffset + k * ROWS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 1]));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 2]));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 3]));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 4]));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 5]));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    } while (++k < depth);
    int from1 = from + step;
    int from2 = from1 + step;
    int from3 = from2 + step;
    int from4 = from3 + step;
    int from5 = from4 + step;
    int to1 = cOffset + cStride;
    int to2 = to1 + cStride;
    int to3 = to2 + cStride;
    int to4 = to3 + cStride;
    int to5 = to4 + cStride;
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from1)))
        .intoArray(c, to1);
    VECTOR
        .cast(VECTOR.cast(c11).add(FloatVector.fromArray(SPECIES, start, from1 + LANES)))
        .intoArray(c, to1 + LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from2)))
        .intoArray(c, to2);
    VECTOR
        .cast(VECTOR.cast(c21).add(FloatVector.fromArray(SPECIES, start, from2 + LANES)))
        .intoArray(c, to2 + LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from3)))
        .intoArray(c, to3);
    VECTOR
        .cast(VECTOR.cast(c31).add(FloatVector.fromArray(SPECIES, start, from3 + LANES)))
        .intoArray(c, to3 + LANES);
    VECTOR
        .cast(VECTOR.cast(c40).add(FloatVector.fromArray(SPECIES, start, from4)))
        .intoArray(c, to4);
    VECTOR
        .cast(VECTOR.cast(c41).add(FloatVector.fromArray(SPECIES, start, from4 + LANES)))
        .intoArray(c, to4 + LANES);
    VECTOR
        .cast(VECTOR.cast(c50).add(FloatVector.fromArray(SPECIES, start, from5)))
        .intoArray(c, to5);
    VECTOR
        .cast(VECTOR.cast(c51).add(FloatVector.fromArray(SPECIES, start, from5 + LANES)))
        .intoArray(c, to5 + LANES);
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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = zero, c01 = zero;
    FloatVector c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero;
    FloatVector c30 = zero, c31 = zero;
    FloatVector c40 = zero, c41 = zero;
    FloatVector c50 = zero, c51 = zero;
    int row0 = aOffset;
    int row1 = row0 + aStride;
    int row2 = row1 + aStride;
    int row3 = row2 + aStride;
    int row4 = row3 + aStride;
    int row5 = row4 + aStride;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row0 + k]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row1 + k]));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row2 + k]));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row3 + k]));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row4 + k]));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row5 + k]));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    } while (++k < depth);
    int from1 = from + step;
    int from2 = from1 + step;
    int from3 = from2 + step;
    int from4 = from3 + step;
    int from5 = from4 + step;
    int to1 = cOffset + cStride;
    int to2 = to1 + cStride;
    int to3 = to2 + cStride;
    int to4 = to3 + cStride;
    int to5 = to4 + cStride;
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from1)))
        .intoArray(c, to1);
    VECTOR
        .cast(VECTOR.cast(c11).add(FloatVector.fromArray(SPECIES, start, from1 + LANES)))
        .intoArray(c, to1 + LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from2)))
        .intoArray(c, to2);
    VECTOR
        .cast(VECTOR.cast(c21).add(FloatVector.fromArray(SPECIES, start, from2 + LANES)))
        .intoArray(c, to2 + LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from3)))
        .intoArray(c, to3);
    VECTOR
        .cast(VECTOR.cast(c31).add(FloatVector.fromArray(SPECIES, start, from3 + LANES)))
        .intoArray(c, to3 + LANES);
    VECTOR
        .cast(VECTOR.cast(c40).add(FloatVector.fromArray(SPECIES, start, from4)))
        .intoArray(c, to4);
    VECTOR
        .cast(VECTOR.cast(c41).add(FloatVector.fromArray(SPECIES, start, from4 + LANES)))
        .intoArray(c, to4 + LANES);
    VECTOR
        .cast(VECTOR.cast(c50).add(FloatVector.fromArray(SPECIES, start, from5)))
        .intoArray(c, to5);
    VECTOR
        .cast(VECTOR.cast(c51).add(FloatVector.fromArray(SPECIES, start, from5 + LANES)))
        .intoArray(c, to5 + LANES);
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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c0 = zero, c1 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k]));
      c0 = a0.fma(FloatVector.fromArray(SPECIES, b, row), c0);
      c1 = a0.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
    } while (++k < depth);
    VECTOR
        .cast(VECTOR.cast(c0).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c1).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
  }

  @Override
  public void interleave(
      int depth, float[] a, int aOffset, int aStride, int tiles, float[] to, int toOffset) {
    for (int k = 0; k < depth; k++) {
      for (int tile = 0; tile < tiles; tile++) {
        int from = aOffset + k * aStride + tile * ROWS;
        int at = toOffset + (tile * depth + k) * ROWS;
        for (int i = 0; i < ROWS; i++) {
          to[at + i] = a[from + i];
        }
      }
    }
  }
}
