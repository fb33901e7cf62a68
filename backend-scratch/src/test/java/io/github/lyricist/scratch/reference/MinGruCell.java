package io.github.lyricist.scratch.reference;

import static io.github.lyricist.scratch.reference.RecurrentCell.sigmoid;
import static io.github.lyricist.scratch.reference.RecurrentCell.stacked;

/**
 * The minimal gated recurrent unit (Feng et al., "Were RNNs all we needed?", 2024):
 *
 * <pre>{@code
 * a_z = W_iz x + b_iz
 * h~  = W_ih x + b_ih
 *
 * z   = σ(a_z)
 * h'  = (1 − z) ⊙ h + z ⊙ h~
 * }</pre>
 *
 * <p>A time step keeps z and h~.
 */
record MinGruCell(Precision precision) implements RecurrentCell {
  @Override
  public TimeStep forward(double[] wx, LayerState before) {
    double[] h = before.hidden();
    int size = h.length;
    double[] z = precision.vector(size, j -> sigmoid(wx[j]));
    double[] candidate = precision.vector(size, j -> wx[size + j]);
    double[] next = precision.vector(size, j -> (1 - z[j]) * h[j] + z[j] * candidate[j]);
    return new TimeStep(before, new double[][] {z, candidate}, new LayerState(next));
  }

  /**
   * From h' back to what it was made of:
   *
   * <pre>{@code
   * dL/da_z = dL/dh' ⊙ (h~ − h) ⊙ z ⊙ (1 − z)
   * dL/dh~  = dL/dh' ⊙ z
   * dL/dh   = dL/dh' ⊙ (1 − z)
   * }</pre>
   */
  @Override
  public Gradient backward(TimeStep step, LayerState after, Weights gradients) {
    double[] h = step.before().hidden();
    int size = h.length;
    double[] z = step.gates()[0];
    double[] candidate = step.gates()[1];
    double[] dNext = after.hidden();
    double[] daz =
        precision.vector(size, j -> dNext[j] * (candidate[j] - h[j]) * z[j] * (1 - z[j]));
    double[] dCandidate = precision.vector(size, j -> dNext[j] * z[j]);
    double[] dh = precision.vector(size, j -> dNext[j] * (1 - z[j]));
    return new Gradient(stacked(daz, dCandidate), new LayerState(dh));
  }
}
