package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} of 4 rows by 4 vectors: 16 accumulators, for processors with 32 vector registers.
 * One local variable an accumulator keeps each in a register.
 */
final class WideTile implements Tile {
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 4;
  private static final int COLUMNS = 4 * LANES;

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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      int column = aOffset + k * aStride;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 1]));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 2]));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[column + 3]));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    } while (++k < depth);
    int from1 = from + step;
    int from2 = from1 + step;
    int from3 = from2 + step;
    int to1 = cOffset + cStride;
    int to2 = to1 + cStride;
    int to3 = to2 + cStride;
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
    VECTOR
        .cast(VECTOR.cast(c02).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c03).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from1)))
        .intoArray(c, to1);
    VECTOR
        .cast(VECTOR.cast(c11).add(FloatVector.fromArray(SPECIES, start, from1 + LANES)))
        .intoArray(c, to1 + LANES);
    VECTOR
        .cast(VECTOR.cast(c12).add(FloatVector.fromArray(SPECIES, start, from1 + 2 * LANES)))
        .intoArray(c, to1 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c13).add(FloatVector.fromArray(SPECIES, start, from1 + 3 * LANES)))
        .intoArray(c, to1 + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from2)))
        .intoArray(c, to2);
    VECTOR
        .cast(VECTOR.cast(c21).add(FloatVector.fromArray(SPECIES, start, from2 + LANES)))
        .intoArray(c, to2 + LANES);
    VECTOR
        .cast(VECTOR.cast(c22).add(FloatVector.fromArray(SPECIES, start, from2 + 2 * LANES)))
        .intoArray(c, to2 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c23).add(FloatVector.fromArray(SPECIES, start, from2 + 3 * LANES)))
        .intoArray(c, to2 + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from3)))
        .intoArray(c, to3);
    VECTOR
        .cast(VECTOR.cast(c31).add(FloatVector.fromArray(SPECIES, start, from3 + LANES)))
        .intoArray(c, to3 + LANES);
    VECTOR
        .cast(VECTOR.cast(c32).add(FloatVector.fromArray(SPECIES, start, from3 + 2 * LANES)))
        .intoArray(c, to3 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c33).add(FloatVector.fromArray(SPECIES, start, from3 + 3 * LANES)))
        .intoArray(c, to3 + 3 * LANES);
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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    int row0 = aOffset;
    int row1 = row0 + aStride;
    int row2 = row1 + aStride;
    int row3 = row2 + aStride;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row0 + k]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row1 + k]));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row2 + k]));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row3 + k]));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    } while (++k < depth);
    int from1 = from + step;
    int from2 = from1 + step;
    int from3 = from2 + step;
    int to1 = cOffset + cStride;
    int to2 = to1 + cStride;
    int to3 = to2 + cStride;
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
    VECTOR
        .cast(VECTOR.cast(c02).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c03).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from1)))
        .intoArray(c, to1);
    VECTOR
        .cast(VECTOR.cast(c11).add(FloatVector.fromArray(SPECIES, start, from1 + LANES)))
        .intoArray(c, to1 + LANES);
    VECTOR
        .cast(VECTOR.cast(c12).add(FloatVector.fromArray(SPECIES, start, from1 + 2 * LANES)))
        .intoArray(c, to1 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c13).add(FloatVector.fromArray(SPECIES, start, from1 + 3 * LANES)))
        .intoArray(c, to1 + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from2)))
        .intoArray(c, to2);
    VECTOR
        .cast(VECTOR.cast(c21).add(FloatVector.fromArray(SPECIES, start, from2 + LANES)))
        .intoArray(c, to2 + LANES);
    VECTOR
        .cast(VECTOR.cast(c22).add(FloatVector.fromArray(SPECIES, start, from2 + 2 * LANES)))
        .intoArray(c, to2 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c23).add(FloatVector.fromArray(SPECIES, start, from2 + 3 * LANES)))
        .intoArray(c, to2 + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from3)))
        .intoArray(c, to3);
    VECTOR
        .cast(VECTOR.cast(c31).add(FloatVector.fromArray(SPECIES, start, from3 + LANES)))
        .intoArray(c, to3 + LANES);
    VECTOR
        .cast(VECTOR.cast(c32).add(FloatVector.fromArray(SPECIES, start, from3 + 2 * LANES)))
        .intoArray(c, to3 + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c33).add(FloatVector.fromArray(SPECIES, start, from3 + 3 * LANES)))
        .intoArray(c, to3 + 3 * LANES);
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
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k]));
      c0 = a0.fma(FloatVector.fromArray(SPECIES, b, row), c0);
      c1 = a0.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
      c2 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 2 * LANES), c2);
      c3 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 3 * LANES), c3);
    } while (++k < depth);
    VECTOR
        .cast(VECTOR.cast(c0).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c1).add(FloatVector.fromArray(SPECIES, start, from + LANES)))
        .intoArray(c, cOffset + LANES);
    VECTOR
        .cast(VECTOR.cast(c2).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c3).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
  }
}
