package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.ScalarMath.sigmoid;
import static io.github.lyricist.scratch.kernels.ScalarMath.tanh;

/**
 * Long short-term memory. A row holds the sums of i, f, g and o; after the step i, f, g, o, c' and
 * tanh(c'); after the way back the gradients in the sums. The way back leaves the gradient in the
 * cell state before, in place of that state: when it begins, the last row's must be zero.
 */
class ScalarLstm implements CellArithmetic {
  @Override
  public int width() {
    return 6;
  }

  @Override
  public int recurrentSums() {
    return 0;
  }

  @Override
  public boolean keepsGates() {
    return true;
  }

  @Override
  public int[] carried() {
    return new int[] {4};
  }

  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    forwardFrom(0, rows, row, rowBefore, hidden, to, size);
  }

  final void forwardFrom(
      int start, float[] rows, int row, int rowBefore, float[] hidden, int to, int size) {
    for (int j = start; j < size; j++) {
      int at = row + j;
      float i = sigmoid(rows[at]);
      float f = sigmoid(rows[at + size]);
      float g = tanh(rows[at + 2 * size]);
      float o = sigmoid(rows[at + 3 * size]);
      float c = f * rows[rowBefore + 4 * size + j] + i * g;
      float tanh = tanh(c);
      rows[at] = i;
      rows[at + size] = f;
      rows[at + 2 * size] = g;
      rows[at + 3 * size] = o;
      rows[at + 4 * size] = c;
      rows[at + 5 * size] = tanh;
      hidden[to + j] = o * tanh;
    }
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
    backwardFrom(0, rows, row, rowBefore, gradient, to, size);
  }

  final void backwardFrom(
      int start, float[] rows, int row, int rowBefore, float[] gradient, int to, int size) {
    for (int j = start; j < size; j++) {
      int at = row + j;
      float i = rows[at];
      float f = rows[at + size];
      float g = rows[at + 2 * size];
      float o = rows[at + 3 * size];
      float tanh = rows[at + 5 * size];
      float next = gradient[to + j];
      float cell = rows[at + 4 * size] + next * o * (1 - tanh * tanh);
      rows[at] = cell * g * i * (1 - i);
      rows[at + size] = cell * rows[rowBefore + 4 * size + j] * f * (1 - f);
      rows[at + 2 * size] = cell * i * (1 - g * g);
      rows[at + 3 * size] = next * tanh * o * (1 - o);
      rows[rowBefore + 4 * size + j] = cell * f;
    }
  }
}
