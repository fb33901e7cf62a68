package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.ScalarMath.sigmoid;
import static io.github.lyricist.scratch.kernels.ScalarMath.tanh;

/**
 * The gated recurrent unit. A row holds the sums of r, z and n from the input, then those from the
 * hidden state; after the step r, z and n, then nothing, nothing and q; after the way back the
 * gradients in the sums.
 */
class ScalarGru implements CellArithmetic {
  @Override
  public int width() {
    return 6;
  }

  @Override
  public int recurrentSums() {
    return 3;
  }

  @Override
  public boolean keepsGates() {
    return true;
  }

  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    forwardFrom(0, rows, row, hidden, to, before, size);
  }

  final void forwardFrom(
      int start, float[] rows, int row, float[] hidden, int to, int before, int size) {
    for (int i = start; i < size; i++) {
      int at = row + i;
      float r = sigmoid(rows[at] + rows[at + 3 * size]);
      float z = sigmoid(rows[at + size] + rows[at + 4 * size]);
      float n = tanh(rows[at + 2 * size] + r * rows[at + 5 * size]);
      rows[at] = r;
      rows[at + size] = z;
      rows[at + 2 * size] = n;
      hidden[to + i] = n + z * (hidden[before + i] - n);
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
    backwardFrom(0, rows, row, hidden, gradient, to, before, size);
  }

  final void backwardFrom(
      int start,
      float[] rows,
      int row,
      float[] hidden,
      float[] gradient,
      int to,
      int before,
      int size) {
    for (int i = start; i < size; i++) {
      int at = row + i;
      float r = rows[at];
      float z = rows[at + size];
      float n = rows[at + 2 * size];
      float q = rows[at + 5 * size];
      float next = gradient[to + i];
      float sumN = next * (1 - z) * (1 - n * n);
      float sumZ = next * (hidden[before + i] - n) * z * (1 - z);
      float sumR = sumN * q * r * (1 - r);
      rows[at] = sumR;
      rows[at + size] = sumZ;
      rows[at + 2 * size] = sumN;
      rows[at + 3 * size] = sumR;
      rows[at + 4 * size] = sumZ;
      rows[at + 5 * size] = sumN * r;
      gradient[before + i] += next * z;
    }
  }
}
