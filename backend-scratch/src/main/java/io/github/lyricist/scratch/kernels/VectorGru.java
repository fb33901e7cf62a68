package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.load;
import static io.github.lyricist.scratch.kernels.VectorMath.sigmoid;
import static io.github.lyricist.scratch.kernels.VectorMath.tanh;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarGru} on as many units at once as a vector holds. */
final class VectorGru extends ScalarGru {
  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    int whole = SPECIES.loopBound(size);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      int at = row + i;
      FloatVector r = sigmoid(load(rows, at).add(load(rows, at + 3 * size)));
      FloatVector z = sigmoid(load(rows, at + size).add(load(rows, at + 4 * size)));
      FloatVector q = load(rows, at + 5 * size);
      FloatVector n = tanh(load(rows, at + 2 * size).add(r.mul(q)));
      r.intoArray(rows, at);
      z.intoArray(rows, at + size);
      n.intoArray(rows, at + 2 * size);
      n.add(z.mul(load(hidden, before + i).sub(n))).intoArray(hidden, to + i);
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
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    int whole = SPECIES.loopBound(size);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      int at = row + i;
      FloatVector r = load(rows, at);
      FloatVector z = load(rows, at + size);
      FloatVector n = load(rows, at + 2 * size);
      FloatVector q = load(rows, at + 5 * size);
      FloatVector next = load(gradient, to + i);
      FloatVector rest = one.sub(z);
      FloatVector sumN = next.mul(rest).mul(one.sub(n.mul(n)));
      FloatVector sumZ = next.mul(load(hidden, before + i).sub(n)).mul(z).mul(rest);
      FloatVector sumR = sumN.mul(q).mul(r).mul(one.sub(r));
      sumR.intoArray(rows, at);
      sumZ.intoArray(rows, at + size);
      sumN.intoArray(rows, at + 2 * size);
      sumR.intoArray(rows, at + 3 * size);
      sumZ.intoArray(rows, at + 4 * size);
      sumN.mul(r).intoArray(rows, at + 5 * size);
      load(gradient, before + i).add(next.mul(z)).intoArray(gradient, before + i);
    }
    backwardFrom(whole, rows, row, hidden, gradient, to, before, size);
  }
}
