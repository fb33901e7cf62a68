package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarRnn} on as many units at once as a vector holds. */
final class VectorRnn extends ScalarRnn {
  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    int whole = SPECIES.loopBound(size);
    VectorMath.tanh(rows, row, hidden, to, hidden, to, whole);
    forwardFrom(whole, rows, row, hidden, to, size);
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
      FloatVector h = VECTOR.cast(FloatVector.fromArray(SPECIES, hidden, to + i));
      one.sub(h.mul(h))
          .mul(FloatVector.fromArray(SPECIES, gradient, to + i))
          .intoArray(rows, row + i);
    }
    backwardFrom(whole, rows, row, hidden, gradient, to, size);
  }
}
