package io.github.lyricist.scratch.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Tile} of 4 rows by 4 vectors: 16 accumulators, for processors with 32 vector registers.
 * One local variable an accumulator keeps each in a register.
 *
 * <p>What a vector's class is, the compiler knows of one that was just made, not always of one that
 * a loop carried: the former are the receivers of every call here, or whether vectors are boxed
 * would depend on the moment of compilation.
 */
final class WideTile implements Tile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
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
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      int column = aOffset + k * ROWS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    } while (++k < depth);
    FloatVector.fromArray(SPECIES, start, from).add(c00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, start, from + LANES).add(c01).intoArray(c, cOffset + LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * LANES)
        .add(c02)
        .intoArray(c, cOffset + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * LANES)
        .add(c03)
        .intoArray(c, cOffset + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + step).add(c10).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(SPECIES, start, from + step + LANES)
        .add(c11)
        .intoArray(c, cOffset + cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + step + 2 * LANES)
        .add(c12)
        .intoArray(c, cOffset + cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + step + 3 * LANES)
        .add(c13)
        .intoArray(c, cOffset + cStride + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step)
        .add(c20)
        .intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + LANES)
        .add(c21)
        .intoArray(c, cOffset + 2 * cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + 2 * LANES)
        .add(c22)
        .intoArray(c, cOffset + 2 * cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + 3 * LANES)
        .add(c23)
        .intoArray(c, cOffset + 2 * cStride + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step)
        .add(c30)
        .intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + LANES)
        .add(c31)
        .intoArray(c, cOffset + 3 * cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + 2 * LANES)
        .add(c32)
        .intoArray(c, cOffset + 3 * cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + 3 * LANES)
        .add(c33)
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
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[row0 + k]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[row1 + k]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[row2 + k]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[row3 + k]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    } while (++k < depth);
    FloatVector.fromArray(SPECIES, start, from).add(c00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, start, from + LANES).add(c01).intoArray(c, cOffset + LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * LANES)
        .add(c02)
        .intoArray(c, cOffset + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * LANES)
        .add(c03)
        .intoArray(c, cOffset + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + step).add(c10).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(SPECIES, start, from + step + LANES)
        .add(c11)
        .intoArray(c, cOffset + cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + step + 2 * LANES)
        .add(c12)
        .intoArray(c, cOffset + cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + step + 3 * LANES)
        .add(c13)
        .intoArray(c, cOffset + cStride + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step)
        .add(c20)
        .intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + LANES)
        .add(c21)
        .intoArray(c, cOffset + 2 * cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + 2 * LANES)
        .add(c22)
        .intoArray(c, cOffset + 2 * cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * step + 3 * LANES)
        .add(c23)
        .intoArray(c, cOffset + 2 * cStride + 3 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step)
        .add(c30)
        .intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + LANES)
        .add(c31)
        .intoArray(c, cOffset + 3 * cStride + LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + 2 * LANES)
        .add(c32)
        .intoArray(c, cOffset + 3 * cStride + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * step + 3 * LANES)
        .add(c33)
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
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    int k = 0;
    do {
      int row = bOffset + k * COLUMNS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      c0 = a0.fma(FloatVector.fromArray(SPECIES, b, row), c0);
      c1 = a0.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
      c2 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 2 * LANES), c2);
      c3 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 3 * LANES), c3);
    } while (++k < depth);
    FloatVector.fromArray(SPECIES, start, from).add(c0).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, start, from + LANES).add(c1).intoArray(c, cOffset + LANES);
    FloatVector.fromArray(SPECIES, start, from + 2 * LANES)
        .add(c2)
        .intoArray(c, cOffset + 2 * LANES);
    FloatVector.fromArray(SPECIES, start, from + 3 * LANES)
        .add(c3)
        .intoArray(c, cOffset + 3 * LANES);
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
