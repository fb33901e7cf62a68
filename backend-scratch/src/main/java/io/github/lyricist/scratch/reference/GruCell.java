package io.github.lyricist.scratch.reference;

import static io.github.lyricist.scratch.reference.RecurrentCell.sigmoid;

/**
 * The gated recurrent unit (Cho et al., "Learning phrase representations using RNN
 * encoder-decoder", 2014) in PyTorch's form, whose reset gate acts after the product:
 *
 * <pre>{@code
 * r  = σ(W_ir x + b_ir + W_hr h + b_hr)
 * z  = σ(W_iz x + b_iz + W_hz h + b_hz)
 * n  = tanh(W_in x + b_in + r ⊙ q),  q = W_hn h + b_hn
 * h' = (1 − z) ⊙ n + z ⊙ h
 * }</pre>
 *
 * <p>A time step keeps r, z, n and q, {@code double[4*H]}.
 */
final class GruCell implements RecurrentCell {
  private final Linear recurrent; // W_hr, W_hz, W_hn [3*H, H], biases [3*H]
  private final Precision precision;

  GruCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] fromInput, LayerState before) {
    double[] h = before.hidden();
    int size = h.length;
    double[] fromHidden = recurrent.forward(h);
    double[] gates = new double[4 * size];
    double[] next = new double[size];
    for (int i = 0; i < size; i++) {
      double r = precision.round(sigmoid(fromInput[i] + fromHidden[i]));
      double z = precision.round(sigmoid(fromInput[size + i] + fromHidden[size + i]));
      double q = fromHidden[2 * size + i];
      double n = precision.round(Math.tanh(fromInput[2 * size + i] + r * q));
      gates[i] = r;
      gates[size + i] = z;
      gates[2 * size + i] = n;
      gates[3 * size + i] = q;
      next[i] = precision.round((1 - z) * n + z * h[i]);
    }
    return new TimeStep(before, gates, new LayerState(next, before.cell()));
  }

  @Override
  public Gradient backward(TimeStep step, LayerState after) {
    double[] h = step.before().hidden();
    int size = h.length;
    double[] fromInput = new double[3 * size]; // in what each gate's nonlinearity is taken of
    double[] fromHidden = new double[3 * size];
    double[] direct = new double[size]; // in h, past the gates
    for (int i = 0; i < size; i++) {
      double r = step.gates()[i];
      double z = step.gates()[size + i];
      double n = step.gates()[2 * size + i];
      double q = step.gates()[3 * size + i];
      double next = after.hidden()[i];
      double sumN = precision.round(next * (1 - z) * (1 - n * n));
      double sumZ = precision.round(next * (h[i] - n) * z * (1 - z));
      double sumR = precision.round(sumN * q * r * (1 - r));
      fromInput[i] = sumR;
      fromInput[size + i] = sumZ;
      fromInput[2 * size + i] = sumN;
      fromHidden[i] = sumR;
      fromHidden[size + i] = sumZ;
      fromHidden[2 * size + i] = precision.round(sumN * r);
      direct[i] = next * z;
    }
    double[] hidden = recurrent.backward(h, fromHidden);
    for (int i = 0; i < size; i++) {
      hidden[i] = precision.round(hidden[i] + direct[i]);
    }
    return new Gradient(fromInput, new LayerState(hidden, after.cell()));
  }
}
