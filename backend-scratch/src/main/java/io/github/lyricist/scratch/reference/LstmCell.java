package io.github.lyricist.scratch.reference;

import static io.github.lyricist.scratch.reference.RecurrentCell.sigmoid;
import static io.github.lyricist.scratch.reference.RecurrentCell.stacked;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997) with a forget gate (Gers, Schmidhuber
 * and Cummins, 2000):
 *
 * <pre>{@code
 * a_i = W_ii x + b_ii + W_hi h + b_hi
 * a_f = W_if x + b_if + W_hf h + b_hf
 * a_g = W_ig x + b_ig + W_hg h + b_hg
 * a_o = W_io x + b_io + W_ho h + b_ho
 *
 * i   = σ(a_i)
 * f   = σ(a_f)
 * g   = tanh(a_g)
 * o   = σ(a_o)
 * c'  = f ⊙ c + i ⊙ g
 * h'  = o ⊙ tanh(c')
 * }</pre>
 *
 * <p>The state is h and c; a time step keeps i, f, g and o.
 */
final class LstmCell implements RecurrentCell {
  private final Linear recurrent; // W_hi, W_hf, W_hg, W_ho [4*H, H], b_hi, ... b_ho [4*H]
  private final Precision precision;

  LstmCell(Linear recurrent, Precision precision) {
    this.recurrent = recurrent;
    this.precision = precision;
  }

  @Override
  public TimeStep forward(double[] wx, LayerState before) {
    double[] h = before.hidden();
    double[] c = before.vectors()[1];
    int size = h.length;
    double[] wh = recurrent.forward(h);
    double[] i = precision.vector(size, j -> sigmoid(wx[j] + wh[j]));
    double[] f = precision.vector(size, j -> sigmoid(wx[size + j] + wh[size + j]));
    double[] g = precision.vector(size, j -> Math.tanh(wx[2 * size + j] + wh[2 * size + j]));
    double[] o = precision.vector(size, j -> sigmoid(wx[3 * size + j] + wh[3 * size + j]));
    double[] nextC = precision.vector(size, j -> f[j] * c[j] + i[j] * g[j]);
    double[] nextH = precision.vector(size, j -> o[j] * Math.tanh(nextC[j]));
    return new TimeStep(before, new double[][] {i, f, g, o}, new LayerState(nextH, nextC));
  }

  /**
   * From h' and c' back to what they were made of. The loss depends on c' through the next time
   * step and through h'; "later" is what the next time step says. With {@code σ ⊙ (1 − σ)} for the
   * slope of σ and {@code 1 − tanh²} for that of tanh:
   *
   * <pre>{@code
   * dL/dc'  = later + dL/dh' ⊙ o ⊙ (1 − tanh²(c'))
   * dL/da_i = dL/dc' ⊙ g ⊙ i ⊙ (1 − i)
   * dL/da_f = dL/dc' ⊙ c ⊙ f ⊙ (1 − f)
   * dL/da_g = dL/dc' ⊙ i ⊙ (1 − g²)
   * dL/da_o = dL/dh' ⊙ tanh(c') ⊙ o ⊙ (1 − o)
   * dL/dc   = dL/dc' ⊙ f
   * dL/dh   = W_hiᵀ dL/da_i + W_hfᵀ dL/da_f + W_hgᵀ dL/da_g + W_hoᵀ dL/da_o
   * }</pre>
   *
   * <p>The gradients of the weights and biases are those of {@link Linear}, given dL/da.
   */
  @Override
  public Gradient backward(TimeStep step, LayerState after, Weights gradients) {
    double[] h = step.before().hidden();
    double[] c = step.before().vectors()[1];
    double[] nextC = step.after().vectors()[1];
    int size = h.length;
    double[] i = step.gates()[0];
    double[] f = step.gates()[1];
    double[] g = step.gates()[2];
    double[] o = step.gates()[3];
    double[] dNextH = after.hidden();
    double[] later = after.vectors()[1];

    // in the forward pass this was h' = o ⊙ tanh(c'), so now we have
    double[] tanh = precision.vector(size, j -> Math.tanh(nextC[j]));
    double[] dao = precision.vector(size, j -> dNextH[j] * tanh[j] * o[j] * (1 - o[j]));
    double[] dNextC =
        precision.vector(size, j -> later[j] + dNextH[j] * o[j] * (1 - tanh[j] * tanh[j]));
    // in the forward pass this was c' = f ⊙ c + i ⊙ g, so now we have
    double[] dai = precision.vector(size, j -> dNextC[j] * g[j] * i[j] * (1 - i[j]));
    double[] daf = precision.vector(size, j -> dNextC[j] * c[j] * f[j] * (1 - f[j]));
    double[] dag = precision.vector(size, j -> dNextC[j] * i[j] * (1 - g[j] * g[j]));
    double[] dc = precision.vector(size, j -> dNextC[j] * f[j]);

    double[] da = stacked(dai, daf, dag, dao);
    double[] dh = recurrent.backward(h, da, gradients);
    return new Gradient(da, new LayerState(dh, dc));
  }
}
