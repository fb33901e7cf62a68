package io.github.lyricist.scratch.reference;

/**
 * The simple recurrent cell (Elman, "Finding structure in time", 1990):
 *
 * <pre>{@code
 * a  = W_ih x + b_ih + W_hh h + b_hh
 * h' = tanh(a)
 * }</pre>
 *
 * <p>Its one gate is h' itself.
 */
final class RnnCell implements RecurrentCell {
  private final Linear recurrent; // W_hh [H, H], b_hh [H]
  private final Precision precision;

  RnnCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] wx, LayerState before) {
    double[] h = before.hidden();
    double[] wh = recurrent.forward(h);
    double[] next = precision.vector(h.length, j -> Math.tanh(wx[j] + wh[j]));
    return new TimeStep(before, new double[][] {next}, new LayerState(next));
  }

  /**
   * With {@code 1 − tanh²} for the slope of tanh:
   *
   * <pre>{@code
   * dL/da = dL/dh' ⊙ (1 − h'²)
   * dL/dh = W_hhᵀ dL/da
   * }</pre>
   *
   * <p>The gradients of W_hh and b_hh are those of {@link Linear}, given dL/da.
   */
  @Override
  public Gradient backward(TimeStep step, LayerState after, Weights gradients) {
    double[] h = step.before().hidden();
    double[] next = step.after().hidden();
    double[] dNext = after.hidden();
    double[] da = precision.vector(h.length, j -> dNext[j] * (1 - next[j] * next[j]));
    double[] dh = recurrent.backward(h, da, gradients);
    return new Gradient(da, new LayerState(dh));
  }
}
