package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarLstm} on as many units at once as a vector holds. */
final class VectorLstm extends ScalarLstm {
  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    int whole = SPECIES.loopBound(size);
    VectorMath.sigmoid(rows, row, whole);
    VectorMath.sigmoid(rows, row + size, whole);
    int space = row + 5 * size;
    VectorMath.tanh(rows, row + 2 * size, rows, space, rows, row + 2 * size, whole);
    VectorMath.sigmoid(rows, row + 3 * size, whole);
    for (int j = 0; j < whole; j += SPECIES.length()) {
      int at = row + j;
      FloatVector i = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at));
      FloatVector f = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + size));
      FloatVector g = FloatVector.fromArray(SPECIES, rows, at + 2 * size);
      FloatVector c =
          f.mul(FloatVector.fromArray(SPECIES, rows, rowBefore + 4 * size + j)).add(i.mul(g));
      c.intoArray(rows, at + 4 * size);
    }
    VectorMath.tanh(rows, row + 4 * size, rows, space, rows, row + 5 * size, whole);
    for (int j = 0; j < whole; j += SPECIES.length()) {
      FloatVector o = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, row + j + 3 * size));
      o.mul(FloatVector.fromArray(SPECIES, rows, row + j + 5 * size)).intoArray(hidden, to + j);
    }
    forwardFrom(whole, rows, row, rowBefore, hidden, to, size);
  }

  @Override
  public void backward(
      float[] rows,
      int row,
      int rowBefore,
      float[] hidden,
      float[] gradient,
      int to,
      int before,
      int size) {
    FloatVector one = VECTOR.cast(FloatVector.broadcast(SPECIES, 1));
    int whole = SPECIES.loopBound(size);
    for (int j = 0; j < whole; j += SPECIES.length()) {
      int at = row + j;
      FloatVector i = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at));
      FloatVector f = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + size));
      FloatVector g = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 2 * size));
      FloatVector o = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 3 * size));
      FloatVector tanh = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 5 * size));
      FloatVector next = VECTOR.cast(FloatVector.fromArray(SPECIES, gradient, to + j));
      FloatVector cell =
          next.mul(o)
              .mul(one.sub(tanh.mul(tanh)))
              .add(FloatVector.fromArray(SPECIES, rows, at + 4 * size));
      FloatVector cellBefore = FloatVector.fromArray(SPECIES, rows, rowBefore + 4 * size + j);
      cell.mul(g).mul(i).mul(one.sub(i)).intoArray(rows, at);
      cell.mul(cellBefore).mul(f).mul(one.sub(f)).intoArray(rows, at + size);
      cell.mul(i).mul(one.sub(g.mul(g))).intoArray(rows, at + 2 * size);
      next.mul(tanh).mul(o).mul(one.sub(o)).intoArray(rows, at + 3 * size);
      cell.mul(f).intoArray(rows, rowBefore + 4 * size + j);
    }
    backwardFrom(whole, rows, row, rowBefore, gradient, to, size);
  }
}
