package io.github.lyricist.scratch.kernels;

/** The simple recurrent cell; a row holds the sum that tanh is taken of. */
class ScalarRnn implements CellArithmetic {
  @Override
  public int width() {
    return 1;
  }

  @Override
  public int recurrentSums() {
    return 0;
  }

  @Override
  public boolean keepsGates() {
    return false;
  }

  @Override
  public void forward(
      float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
    forwardFrom(0, rows, row, hidden, to, size);
  }

  final void forwardFrom(int start, float[] rows, int row, float[] hidden, int to, int size) {
    for (int i = start; i < size; i++) {
      hidden[to + i] = ScalarMath.tanh(rows[row + i]);
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
    backwardFrom(0, rows, row, hidden, gradient, to, size);
  }

  final void backwardFrom(
      int start, float[] rows, int row, float[] hidden, float[] gradient, int to, int size) {
    for (int i = start; i < size; i++) {
      float h = hidden[to + i];
      rows[row + i] = gradient[to + i] * (1 - h * h);
    }
  }
}
