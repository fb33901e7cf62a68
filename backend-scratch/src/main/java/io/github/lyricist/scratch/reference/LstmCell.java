package io.github.lyricist.scratch.reference;

import static io.github.lyricist.scratch.reference.RecurrentCell.sigmoid;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997) with a forget gate (Gers, Schmidhuber
 * and Cummins, 2000):
 *
 * <pre>{@code
 * i  = σ(W_ii x + b_ii + W_hi h + b_hi)
 * f  = σ(W_if x + b_if + W_hf h + b_hf)
 * g  = tanh(W_ig x + b_ig + W_hg h + b_hg)
 * o  = σ(W_io x + b_io + W_ho h + b_ho)
 * c' = f ⊙ c + i ⊙ g
 * h' = o ⊙ tanh(c')
 * }</pre>
 *
 * <p>A time step keeps i, f, g and o, {@code double[4*H]}.
 */
final class LstmCell implements RecurrentCell {
  private final Linear recurrent; // W_hi, W_hf, W_hg, W_ho [4*H, H], biases [4*H]
  private final Precision precision;

  LstmCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] fromInput, LayerState before) {
    int size = before.hidden().length;
    double[] fromHidden = recurrent.forward(before.hidden());
    double[] gates = new double[4 * size];
    LayerState next = LayerState.zero(size, true);
    for (int j = 0; j < size; j++) {
      double i = precision.round(sigmoid(fromInput[j] + fromHidden[j]));
      double f = precision.round(sigmoid(fromInput[size + j] + fromHidden[size + j]));
      double g = precision.round(Math.tanh(fromInput[2 * size + j] + fromHidden[2 * size + j]));
      double o = precision.round(sigmoid(fromInput[3 * size + j] + fromHidden[3 * size + j]));
      gates[j] = i;
      gates[size + j] = f;
      gates[2 * size + j] = g;
      gates[3 * size + j] = o;
      next.cell()[j] = precision.round(f * before.cell()[j] + i * g);
      next.hidden()[j] = precision.round(o * Math.tanh(next.cell()[j]));
    }
    return new TimeStep(before, gates, next);
  }

  @Override
  public Gradient backward(TimeStep step, LayerState after) {
    int size = after.hidden().length;
    double[] sums = new double[4 * size]; // in what each gate's nonlinearity is taken of
    double[] cell = new double[size];
    for (int j = 0; j < size; j++) {
      double i = step.gates()[j];
      double f = step.gates()[size + j];
      double g = step.gates()[2 * size + j];
      double o = step.gates()[3 * size + j];
      double tanh = Math.tanh(step.after().cell()[j]);
      double next = after.cell()[j] + after.hidden()[j] * o * (1 - tanh * tanh); // dL/dc'
      sums[j] = precision.round(next * g * i * (1 - i));
      sums[size + j] = precision.round(next * step.before().cell()[j] * f * (1 - f));
      sums[2 * size + j] = precision.round(next * i * (1 - g * g));
      sums[3 * size + j] = precision.round(after.hidden()[j] * tanh * o * (1 - o));
      cell[j] = precision.round(next * f);
    }
    double[] hidden = recurrent.backward(step.before().hidden(), sums);
    return new Gradient(sums, new LayerState(hidden, cell));
  }
}
