package io.github.lyricist.scratch.reference;

import static io.github.lyricist.scratch.reference.RecurrentCell.sigmoid;
import static io.github.lyricist.scratch.reference.RecurrentCell.stacked;

import java.util.Arrays;

/**
 * The gated recurrent unit (Cho et al., "Learning phrase representations using RNN
 * encoder-decoder", 2014) in PyTorch's form, whose reset gate acts after the product:
 *
 * <pre>{@code
 * a_r = W_ir x + b_ir + W_hr h + b_hr
 * a_z = W_iz x + b_iz + W_hz h + b_hz
 * q   = W_hn h + b_hn
 * a_n = W_in x + b_in + r ⊙ q
 *
 * r   = σ(a_r)
 * z   = σ(a_z)
 * n   = tanh(a_n)
 * h'  = (1 − z) ⊙ n + z ⊙ h
 * }</pre>
 *
 * <p>A time step keeps r, z, n and q.
 */
final class GruCell implements RecurrentCell {
  private final Linear recurrent; // W_hr, W_hz, W_hn [3*H, H], b_hr, b_hz, b_hn [3*H]
  private final Precision precision;

  GruCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] wx, LayerState before) {
    double[] h = before.hidden();
    int size = h.length;
    double[] wh = recurrent.forward(h);
    double[] r = precision.vector(size, j -> sigmoid(wx[j] + wh[j]));
    double[] z = precision.vector(size, j -> sigmoid(wx[size + j] + wh[size + j]));
    double[] q = Arrays.copyOfRange(wh, 2 * size, 3 * size);
    double[] n = precision.vector(size, j -> Math.tanh(wx[2 * size + j] + r[j] * q[j]));
    double[] next = precision.vector(size, j -> (1 - z[j]) * n[j] + z[j] * h[j]);
    return new TimeStep(before, new double[][] {r, z, n, q}, new LayerState(next));
  }

  /**
   * From h' back to what it was made of, with {@code σ ⊙ (1 − σ)} for the slope of σ and {@code 1 −
   * tanh²} for that of tanh:
   *
   * <pre>{@code
   * dL/da_n = dL/dh' ⊙ (1 − z) ⊙ (1 − n²)
   * dL/da_z = dL/dh' ⊙ (h − n) ⊙ z ⊙ (1 − z)
   * dL/dq   = dL/da_n ⊙ r
   * dL/da_r = dL/da_n ⊙ q ⊙ r ⊙ (1 − r)
   * dL/dh   = W_hrᵀ dL/da_r + W_hzᵀ dL/da_z + W_hnᵀ dL/dq + dL/dh' ⊙ z
   * }</pre>
   *
   * <p>The gradients of the weights and biases are those of {@link Linear}, given dL/da_r, dL/da_z
   * and, for W_hn and b_hn, dL/dq.
   */
  @Override
  public Gradient backward(TimeStep step, LayerState after, Weights gradients) {
    double[] h = step.before().hidden();
    int size = h.length;
    double[] r = step.gates()[0];
    double[] z = step.gates()[1];
    double[] n = step.gates()[2];
    double[] q = step.gates()[3];
    double[] dNext = after.hidden();

    // in the forward pass this was h' = (1 − z) ⊙ n + z ⊙ h, so now we have
    double[] dan = precision.vector(size, j -> dNext[j] * (1 - z[j]) * (1 - n[j] * n[j]));
    double[] daz = precision.vector(size, j -> dNext[j] * (h[j] - n[j]) * z[j] * (1 - z[j]));
    // in the forward pass this was a_n = W_in x + b_in + r ⊙ q, so now we have
    double[] dq = precision.vector(size, j -> dan[j] * r[j]);
    double[] dar = precision.vector(size, j -> dan[j] * q[j] * r[j] * (1 - r[j]));

    double[] back = recurrent.backward(h, stacked(dar, daz, dq), gradients);
    double[] dh = precision.vector(size, j -> back[j] + dNext[j] * z[j]);
    return new Gradient(stacked(dar, daz, dan), new LayerState(dh));
  }
}
