package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarGru} on as many units at once as a vector holds. */
final class VectorGru extends ScalarGru {
  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    int whole = SPECIES.loopBound(size);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      int at = row + i;
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, rows, at))
          .add(FloatVector.fromArray(SPECIES, rows, at + 3 * size))
          .intoArray(rows, at);
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, rows, at + size))
          .add(FloatVector.fromArray(SPECIES, rows, at + 4 * size))
          .intoArray(rows, at + size);
    }
    VectorMath.sigmoid(rows, row, whole);
    VectorMath.sigmoid(rows, row + size, whole);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      int at = row + i;
      FloatVector q = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 5 * size));
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, rows, at + 2 * size))
          .add(q.mul(FloatVector.fromArray(SPECIES, rows, at)))
          .intoArray(rows, at + 2 * size);
    }
    int space = row + 3 * size;
    VectorMath.tanh(rows, row + 2 * size, rows, space, rows, row + 2 * size, whole);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector z = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, row + i + size));
      FloatVector n = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, row + i + 2 * size));
      FloatVector h = VECTOR.cast(FloatVector.fromArray(SPECIES, hidden, before + i));
      n.add(z.mul(h.sub(n))).intoArray(hidden, to + i);
    }
    forwardFrom(whole, rows, row, hidden, to, before, size);
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
    for (int i = 0; i < whole; i += SPECIES.length()) {
      int at = row + i;
      FloatVector r = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at));
      FloatVector z = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + size));
      FloatVector n = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 2 * size));
      FloatVector q = VECTOR.cast(FloatVector.fromArray(SPECIES, rows, at + 5 * size));
      FloatVector next = VECTOR.cast(FloatVector.fromArray(SPECIES, gradient, to + i));
      FloatVector rest = one.sub(z);
      FloatVector sumN = next.mul(rest).mul(one.sub(n.mul(n)));
      FloatVector h = VECTOR.cast(FloatVector.fromArray(SPECIES, hidden, before + i));
      FloatVector sumZ = next.mul(h.sub(n)).mul(z).mul(rest);
      FloatVector sumR = sumN.mul(q).mul(r).mul(one.sub(r));
      sumR.intoArray(rows, at);
      sumZ.intoArray(rows, at + size);
      sumN.intoArray(rows, at + 2 * size);
      sumR.intoArray(rows, at + 3 * size);
      sumZ.intoArray(rows, at + 4 * size);
      sumN.mul(r).intoArray(rows, at + 5 * size);
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, gradient, before + i))
          .add(next.mul(z))
          .intoArray(gradient, before + i);
    }
    backwardFrom(whole, rows, row, hidden, gradient, to, before, size);
  }
}
