package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.load;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarLstm} on as many units at once as a vector holds. */
final class VectorLstm extends ScalarLstm {
  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    int whole = SPECIES.loopBound(size);
    for (int j = 0; j < whole; j += SPECIES.length()) {
      int at = row + j;
      FloatVector i = VectorMath.sigmoid(load(rows, at));
      FloatVector f = VectorMath.sigmoid(load(rows, at + size));
      FloatVector g = VectorMath.tanh(load(rows, at + 2 * size));
      FloatVector o = VectorMath.sigmoid(load(rows, at + 3 * size));
      FloatVector c = f.mul(load(rows, rowBefore + 4 * size + j)).add(i.mul(g));
      FloatVector tanh = VectorMath.tanh(c);
      i.intoArray(rows, at);
      f.intoArray(rows, at + size);
      g.intoArray(rows, at + 2 * size);
      o.intoArray(rows, at + 3 * size);
      c.intoArray(rows, at + 4 * size);
      tanh.intoArray(rows, at + 5 * size);
      o.mul(tanh).intoArray(hidden, to + j);
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
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    int whole = SPECIES.loopBound(size);
    for (int j = 0; j < whole; j += SPECIES.length()) {
      int at = row + j;
      FloatVector i = load(rows, at);
      FloatVector f = load(rows, at + size);
      FloatVector g = load(rows, at + 2 * size);
      FloatVector o = load(rows, at + 3 * size);
      FloatVector tanh = load(rows, at + 5 * size);
      FloatVector next = load(gradient, to + j);
      FloatVector cell = load(rows, at + 4 * size).add(next.mul(o).mul(one.sub(tanh.mul(tanh))));
      FloatVector cellBefore = load(rows, rowBefore + 4 * size + j);
      cell.mul(g).mul(i).mul(one.sub(i)).intoArray(rows, at);
      cell.mul(cellBefore).mul(f).mul(one.sub(f)).intoArray(rows, at + size);
      cell.mul(i).mul(one.sub(g.mul(g))).intoArray(rows, at + 2 * size);
      next.mul(tanh).mul(o).mul(one.sub(o)).intoArray(rows, at + 3 * size);
      cell.mul(f).intoArray(rows, rowBefore + 4 * size + j);
    }
    backwardFrom(whole, rows, row, rowBefore, gradient, to, size);
  }
}
