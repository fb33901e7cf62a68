package io.github.lyricist.scratch.kernels;

import io.github.lyricist.model.Cell;

/** {@link Kernels} without the Vector API. */
final class ScalarKernels implements Kernels {
  @Override
  public String description() {
    return "plain Java";
  }

  @Override
  public Tile tile() {
    return new ScalarTile();
  }

  @Override
  public CellArithmetic cell(Cell kind) {
    return switch (kind.name()) {
      case "rnn" -> new ScalarRnn();
      case "gru" -> new ScalarGru();
      case "lstm" -> new ScalarLstm();
      default -> throw Kernels.noSuchCell(kind);
    };
  }

  @Override
  public void sum(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    for (int i = 0; i < n; i++) {
      to[toOffset + i] = from1[offset1 + i] + from2[offset2 + i];
    }
  }

  @Override
  public void product(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    for (int i = 0; i < n; i++) {
      to[toOffset + i] = from1[offset1 + i] * from2[offset2 + i];
    }
  }

  @Override
  public void addScaled(float[] w, float[] g, double factor, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      w[i] = (float) (w[i] + factor * g[i]);
    }
  }

  @Override
  public double sumOfSquares(float[] x, int offset, int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }

  @Override
  public void scale(float[] x, int offset, int count, float factor) {
    for (int i = offset; i < offset + count; i++) {
      x[i] *= factor;
    }
  }

  @Override
  public float max(float[] x, int offset, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  @Override
  public double exponentials(float[] x, int offset, int count, float max) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      x[i] = ScalarMath.exp(x[i] - max);
      sum += x[i];
    }
    return sum;
  }
}
