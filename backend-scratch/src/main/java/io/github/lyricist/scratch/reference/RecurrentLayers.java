package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.reference.RecurrentCell.Gradient;
import io.github.lyricist.scratch.reference.RecurrentCell.TimeStep;
import io.github.lyricist.training.DropoutMasks;

/** The L layers of cells above a token, at one time step of one sequence. */
final class RecurrentLayers {
  private final TokenInput tokenInput; // what layer 0 reads
  private final Linear[] inputs; // [L]: W_ih and b_ih of each layer but the first
  private final RecurrentCell[] cells; // [L]

  RecurrentLayers(Weights weights, Precision precision, RecurrentCell.Factory factory) {
    ModelSpec spec = weights.spec();
    this.tokenInput = TokenInput.of(spec, weights, precision);
    this.inputs = new Linear[spec.layers()];
    this.cells = new RecurrentCell[spec.layers()];
    for (int k = 0; k < spec.layers(); k++) {
      if (k > 0) {
        inputs[k] = new Linear(weights, "rnn.weight_ih_l" + k, "rnn.bias_ih_l" + k, precision);
      }
      cells[k] = factory.create(spec.cell(), k, weights, precision);
    }
  }

  /**
   * One position of one sequence, as the way back needs it.
   *
   * @param index where it stands in the batch: t*B+b
   * @param id the token
   * @param read {@code [L+1]}: what each layer but the first reads, and last what {@code linear}
   *     reads, each {@code double[H]}
   * @param steps {@code [L]}: the time step of each layer
   */
  record Position(int index, int id, double[][] read, TimeStep[] steps) {
    double[] output() {
      return read[steps.length];
    }
  }

  /** Reads a token; the state of the sequence, {@code [L]}, advances by one time step. */
  Position forward(int index, int id, LayerState[] state, DropoutMasks dropout) {
    double[][] read = new double[cells.length + 1][];
    TimeStep[] steps = new TimeStep[cells.length];
    for (int k = 0; k < cells.length; k++) {
      double[] wx = k == 0 ? tokenInput.forward(id) : inputs[k].forward(read[k]);
      steps[k] = cells[k].forward(wx, state[k]);
      state[k] = steps[k].after();
      read[k + 1] = drop(state[k].hidden(), dropout, k, index);
    }
    return new Position(index, id, read, steps);
  }

  /** The output of layer k, or the gradient in it, times the mask. */
  private static double[] drop(double[] hidden, DropoutMasks dropout, int k, int index) {
    if (dropout.isEmpty()) {
      return hidden;
    }
    double[] dropped = new double[hidden.length];
    for (int i = 0; i < hidden.length; i++) {
      dropped[i] = hidden[i] * dropout.ofLayers().get(k)[index * hidden.length + i];
    }
    return dropped;
  }

  /**
   * The same, backward. The h of layer k is read twice, through its mask by the layer above (or as
   * the output), and by the next time step; the two gradients are added:
   *
   * <pre>{@code
   * dL/dh_k = later + mask_k ⊙ W_ihᵀ dL/d(W_ih x + b_ih) of layer k+1
   * }</pre>
   *
   * @param dOutput the gradient in the output, {@code double[H]}
   * @param later {@code [L]}: the gradients in the states after this time step that come from later
   *     ones; replaced by those in the states before it
   * @param gradients those of the weights of all layers are added to them
   * @return the gradient in {@code W_ih x + b_ih} of layer 0, {@code double[G*H]}
   */
  double[] backward(
      Position at, double[] dOutput, LayerState[] later, DropoutMasks dropout, Weights gradients) {
    double[] dRead = dOutput;
    double[] dwx = {};
    for (int k = cells.length - 1; k >= 0; k--) {
      Gradient gradient =
          cells[k].backward(
              at.steps()[k], later[k].plusHidden(drop(dRead, dropout, k, at.index())), gradients);
      later[k] = gradient.before();
      dwx = gradient.wx();
      if (k > 0) {
        dRead = inputs[k].backward(at.read()[k], dwx, gradients);
      }
    }
    tokenInput.backward(at.id(), dwx, gradients);
    return dwx;
  }

  /** The gradient in what layer 0 read, times that, summed over the input vector. */
  double gradientTimesInput(Position at, double[] dwx) {
    return tokenInput.gradientTimesInput(at.id(), dwx);
  }
}
