package io.github.lyricist.scratch.kernels;

import io.github.lyricist.model.Cell;

/**
 * Kernels whose cells have a tanh that is too large by some part. In their package, to see tiles.
 */
public final class FaultyKernels implements Kernels {
  private final Kernels healthy = KernelChoice.here().kernels();
  private final float part;

  public FaultyKernels(float part) {
    this.part = part;
  }

  @Override
  public String description() {
    return healthy.description();
  }

  @Override
  public Tile tile() {
    return healthy.tile();
  }

  @Override
  public CellArithmetic cell(Cell kind) {
    return new FaultyCell(healthy.cell(kind), part);
  }

  @Override
  public void sum(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    healthy.sum(to, toOffset, from1, offset1, from2, offset2, n);
  }

  @Override
  public void product(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    healthy.product(to, toOffset, from1, offset1, from2, offset2, n);
  }

  @Override
  public void addScaled(float[] w, float[] g, double factor, int offset, int count) {
    healthy.addScaled(w, g, factor, offset, count);
  }

  @Override
  public double sumOfSquares(float[] x, int offset, int count) {
    return healthy.sumOfSquares(x, offset, count);
  }

  @Override
  public float max(float[] x, int offset, int count) {
    return healthy.max(x, offset, count);
  }

  @Override
  public double exponentials(float[] x, int offset, int count, float max) {
    return healthy.exponentials(x, offset, count, max);
  }

  @Override
  public void scale(float[] x, int offset, int count, float factor) {
    healthy.scale(x, offset, count, factor);
  }

  /** Computes each hidden state, and then makes it too large. */
  private record FaultyCell(CellArithmetic healthy, float part) implements CellArithmetic {
    @Override
    public int width() {
      return healthy.width();
    }

    @Override
    public int recurrentSums() {
      return healthy.recurrentSums();
    }

    @Override
    public int[] carried() {
      return healthy.carried();
    }

    @Override
    public boolean keepsGates() {
      return healthy.keepsGates();
    }

    @Override
    public void forward(
        float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size) {
      healthy.forward(rows, row, rowBefore, hidden, to, before, size);
      for (int i = to; i < to + size; i++) {
        hidden[i] *= 1 + part;
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
      healthy.backward(rows, row, rowBefore, hidden, gradient, to, before, size);
    }
  }
}
