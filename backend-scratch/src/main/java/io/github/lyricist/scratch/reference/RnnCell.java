package io.github.lyricist.scratch.reference;

/**
 * The simple recurrent cell (Elman, "Finding structure in time", 1990): {@code h' = tanh(W_ih x +
 * b_ih + W_hh h + b_hh)}.
 */
final class RnnCell implements RecurrentCell {
  private final Linear recurrent; // W_hh [H, H], b_hh [H]
  private final Precision precision;

  RnnCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] fromInput, LayerState before) {
    double[] fromHidden = recurrent.forward(before.hidden());
    double[] next = new double[fromHidden.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = precision.round(Math.tanh(fromInput[i] + fromHidden[i]));
    }
    return new TimeStep(before, new double[0], new LayerState(next, before.cell()));
  }

  /** With {@code a} for what tanh is taken of, {@code dL/da = dL/dh' ⊙ (1 − h'²)}. */
  @Override
  public Gradient backward(TimeStep step, LayerState after) {
    double[] next = step.after().hidden();
    double[] sum = new double[next.length]; // dL/da
    for (int i = 0; i < next.length; i++) {
      sum[i] = precision.round(after.hidden()[i] * (1 - next[i] * next[i]));
    }
    double[] hidden = recurrent.backward(step.before().hidden(), sum);
    return new Gradient(sum, new LayerState(hidden, after.cell()));
  }
}
