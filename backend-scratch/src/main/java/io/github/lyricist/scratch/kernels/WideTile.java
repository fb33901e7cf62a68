package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} of 4 rows by 4 vectors: 16 accumulators, for processors with 32 vector registers.
 * One local variable an accumulator keeps each in a register. Written by TileSource, among the
 * tests.
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
    for (int k = 0; k < depth; k++) {
      int row = bOffset + k * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 0]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 1]));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 2]));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 3]));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + 1 * LANES)))
        .intoArray(c, cOffset + 1 * LANES);
    VECTOR
        .cast(VECTOR.cast(c02).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c03).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from + 1 * step)))
        .intoArray(c, cOffset + 1 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c11)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 1 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c12)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 2 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c13)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 3 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from + 2 * step)))
        .intoArray(c, cOffset + 2 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c21)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 1 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c22)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 2 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c23)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 3 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from + 3 * step)))
        .intoArray(c, cOffset + 3 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c31)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 1 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c32)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 2 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c33)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 3 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 3 * LANES);
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
    int row0 = aOffset + 0 * aStride;
    int row1 = aOffset + 1 * aStride;
    int row2 = aOffset + 2 * aStride;
    int row3 = aOffset + 3 * aStride;
    for (int k = 0; k < depth; k++) {
      int row = bOffset + k * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
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
    }
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + 1 * LANES)))
        .intoArray(c, cOffset + 1 * LANES);
    VECTOR
        .cast(VECTOR.cast(c02).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c03).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c10).add(FloatVector.fromArray(SPECIES, start, from + 1 * step)))
        .intoArray(c, cOffset + 1 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c11)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 1 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c12)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 2 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c13)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 3 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c20).add(FloatVector.fromArray(SPECIES, start, from + 2 * step)))
        .intoArray(c, cOffset + 2 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c21)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 1 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c22)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 2 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c23)
                .add(FloatVector.fromArray(SPECIES, start, from + 2 * step + 3 * LANES)))
        .intoArray(c, cOffset + 2 * cStride + 3 * LANES);
    VECTOR
        .cast(VECTOR.cast(c30).add(FloatVector.fromArray(SPECIES, start, from + 3 * step)))
        .intoArray(c, cOffset + 3 * cStride);
    VECTOR
        .cast(
            VECTOR
                .cast(c31)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 1 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 1 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c32)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 2 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 2 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c33)
                .add(FloatVector.fromArray(SPECIES, start, from + 3 * step + 3 * LANES)))
        .intoArray(c, cOffset + 3 * cStride + 3 * LANES);
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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    for (int k = 0; k < depth; k++) {
      int row = bOffset + k * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k]));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
    }
    VECTOR
        .cast(VECTOR.cast(c00).add(FloatVector.fromArray(SPECIES, start, from)))
        .intoArray(c, cOffset);
    VECTOR
        .cast(VECTOR.cast(c01).add(FloatVector.fromArray(SPECIES, start, from + 1 * LANES)))
        .intoArray(c, cOffset + 1 * LANES);
    VECTOR
        .cast(VECTOR.cast(c02).add(FloatVector.fromArray(SPECIES, start, from + 2 * LANES)))
        .intoArray(c, cOffset + 2 * LANES);
    VECTOR
        .cast(VECTOR.cast(c03).add(FloatVector.fromArray(SPECIES, start, from + 3 * LANES)))
        .intoArray(c, cOffset + 3 * LANES);
  }
}
