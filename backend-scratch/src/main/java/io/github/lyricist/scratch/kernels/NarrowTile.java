package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} of 2 rows by 6 vectors: 12 accumulators, for processors with 16 vector registers.
 * One local variable an accumulator keeps each in a register; there are few rows, since the
 * compiler may hold the factors of all of them at once. Written by TileSource, among the tests.
 */
final class NarrowTile implements Tile {
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 2;
  private static final int COLUMNS = 6 * LANES;

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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero, c04 = zero, c05 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero, c14 = zero, c15 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 0]));
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k * aStride + 1]));
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, row + 4 * LANES);
      c04 = a0.fma(b4, c04);
      c14 = a1.fma(b4, c14);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, row + 5 * LANES);
      c05 = a0.fma(b5, c05);
      c15 = a1.fma(b5, c15);
    } while (++k < depth);
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
        .cast(VECTOR.cast(c04).add(FloatVector.fromArray(SPECIES, start, from + 4 * LANES)))
        .intoArray(c, cOffset + 4 * LANES);
    VECTOR
        .cast(VECTOR.cast(c05).add(FloatVector.fromArray(SPECIES, start, from + 5 * LANES)))
        .intoArray(c, cOffset + 5 * LANES);
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
        .cast(
            VECTOR
                .cast(c14)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 4 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 4 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c15)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 5 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 5 * LANES);
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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero, c04 = zero, c05 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero, c14 = zero, c15 = zero;
    int row0 = aOffset + 0 * aStride;
    int row1 = aOffset + 1 * aStride;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row0 + k]));
      FloatVector a1 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[row1 + k]));
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, row + 4 * LANES);
      c04 = a0.fma(b4, c04);
      c14 = a1.fma(b4, c14);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, row + 5 * LANES);
      c05 = a0.fma(b5, c05);
      c15 = a1.fma(b5, c15);
    } while (++k < depth);
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
        .cast(VECTOR.cast(c04).add(FloatVector.fromArray(SPECIES, start, from + 4 * LANES)))
        .intoArray(c, cOffset + 4 * LANES);
    VECTOR
        .cast(VECTOR.cast(c05).add(FloatVector.fromArray(SPECIES, start, from + 5 * LANES)))
        .intoArray(c, cOffset + 5 * LANES);
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
        .cast(
            VECTOR
                .cast(c14)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 4 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 4 * LANES);
    VECTOR
        .cast(
            VECTOR
                .cast(c15)
                .add(FloatVector.fromArray(SPECIES, start, from + 1 * step + 5 * LANES)))
        .intoArray(c, cOffset + 1 * cStride + 5 * LANES);
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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero, c04 = zero, c05 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = VECTOR.cast(FloatVector.broadcast(SPECIES, a[aOffset + k]));
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c00 = a0.fma(b0, c00);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + 1 * LANES);
      c01 = a0.fma(b1, c01);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      c02 = a0.fma(b2, c02);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      c03 = a0.fma(b3, c03);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, row + 4 * LANES);
      c04 = a0.fma(b4, c04);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, row + 5 * LANES);
      c05 = a0.fma(b5, c05);
    } while (++k < depth);
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
        .cast(VECTOR.cast(c04).add(FloatVector.fromArray(SPECIES, start, from + 4 * LANES)))
        .intoArray(c, cOffset + 4 * LANES);
    VECTOR
        .cast(VECTOR.cast(c05).add(FloatVector.fromArray(SPECIES, start, from + 5 * LANES)))
        .intoArray(c, cOffset + 5 * LANES);
  }
}
