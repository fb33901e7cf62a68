package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.reference.RecurrentCell.Gradient;
import io.github.lyricist.scratch.reference.RecurrentCell.TimeStep;
import io.github.lyricist.training.DropoutMasks;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A recurrent language model, to be read: one sequence at a time, one time step after the other,
 * forward and then backward through time. The sequences of a batch don't see each other.
 */
public final class ReferenceNetwork {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Weights weights;
  private final Weights gradients;
  private final TokenInput tokens; // what layer 0 reads
  private final Linear[] inputs; // [L]: W_ih and b_ih of each layer but the first
  private final RecurrentCell[] cells; // [L]
  private final Linear linear;

  public ReferenceNetwork(
      ModelSpec spec, int vocabularySize, Parameters initial, Precision precision) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.weights = Weights.of(spec, vocabularySize, initial);
    this.gradients = Weights.zero(spec, vocabularySize);
    this.tokens = TokenInput.of(spec, weights, gradients, vocabularySize, precision);
    this.inputs = new Linear[spec.layers()];
    this.cells = new RecurrentCell[spec.layers()];
    for (int k = 0; k < spec.layers(); k++) {
      if (k > 0) {
        inputs[k] = linear("rnn.weight_ih_l" + k, "rnn.bias_ih_l" + k, precision);
      }
      Linear recurrent = linear("rnn.weight_hh_l" + k, "rnn.bias_hh_l" + k, precision);
      cells[k] = RecurrentCell.of(spec.cell(), recurrent, precision);
    }
    this.linear = linear("linear.weight", "linear.bias", precision);
  }

  private Linear linear(String weight, String bias, Precision precision) {
    return new Linear(weights, gradients, weight, bias, precision);
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  /** The parameters, not a copy: an optimizer changes them. */
  public Weights weights() {
    return weights;
  }

  /** What {@link #learn} computed last, for every parameter. */
  public Weights gradients() {
    return gradients;
  }

  Parameters parameters() {
    return weights.toParameters(weights.names());
  }

  Parameters trainedGradients() {
    return gradients.toParameters(
        gradients.names().stream().filter(spec::isTrained).collect(Collectors.toSet()));
  }

  public NetworkState initialState(int batchSize) {
    return NetworkState.zero(spec, batchSize);
  }

  /**
   * One position of one sequence, as the way back needs it.
   *
   * @param id the token
   * @param read {@code [L+1]}: what each layer but the first reads, and last what {@code linear}
   *     reads, each {@code double[H]}
   * @param steps {@code [L]}: the time step of each layer
   */
  private record Position(int id, double[][] read, TimeStep[] steps) {}

  /** Reads a token; the state of the sequence, {@code [L]}, goes on by one time step. */
  private Position forward(int id, LayerState[] state, DropoutMasks dropout, int position) {
    double[][] read = new double[cells.length + 1][];
    TimeStep[] steps = new TimeStep[cells.length];
    for (int k = 0; k < cells.length; k++) {
      double[] fromInput = k == 0 ? tokens.forward(id) : inputs[k].forward(read[k]);
      steps[k] = cells[k].forward(fromInput, state[k]);
      state[k] = steps[k].after();
      read[k + 1] = drop(state[k].hidden(), dropout, k, position);
    }
    return new Position(id, read, steps);
  }

  /** The output of layer k, or the gradient in it, times the mask. */
  private static double[] drop(double[] hidden, DropoutMasks dropout, int k, int position) {
    if (dropout.isEmpty()) {
      return hidden;
    }
    double[] dropped = new double[hidden.length];
    for (int i = 0; i < hidden.length; i++) {
      dropped[i] = hidden[i] * dropout.ofLayers().get(k)[position * hidden.length + i];
    }
    return dropped;
  }

  /**
   * One time step of one sequence, and what comes next.
   *
   * @param state {@code [L]}, advanced
   * @return the logits, {@code double[V]}
   */
  double[] logits(int id, LayerState[] state) {
    return linear.forward(forward(id, state, DropoutMasks.NONE, 0).read()[cells.length]);
  }

  /** Total cross-entropy of a batch, without dropout; the state goes on. */
  public double crossEntropy(Batch batch, NetworkState state) {
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      for (int t = 0; t < batch.steps(); t++) {
        int position = t * batch.batchSize() + b;
        double[] logits = logits(batch.inputs()[position], state.ofSequence(b));
        total += SoftmaxCrossEntropy.forward(logits, batch.targets()[position]);
      }
    }
    return total;
  }

  /**
   * Total cross-entropy of a batch, and the gradient of its mean in every parameter, by truncated
   * backpropagation through time (Williams and Peng, 1990): the state before the first time step is
   * a constant. The state goes on.
   */
  public double learn(Batch batch, DropoutMasks dropout, NetworkState state) {
    gradients.names().forEach(name -> Arrays.fill(gradients.get(name), 0));
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      total += learnSequence(batch, b, dropout, state.ofSequence(b));
    }
    return total;
  }

  private double learnSequence(Batch batch, int b, DropoutMasks dropout, LayerState[] state) {
    int steps = batch.steps();
    Position[] positions = new Position[steps];
    double[][] logits = new double[steps][];
    double total = 0;
    for (int t = 0; t < steps; t++) {
      int position = t * batch.batchSize() + b;
      positions[t] = forward(batch.inputs()[position], state, dropout, position);
      logits[t] = linear.forward(positions[t].read()[cells.length]);
      total += SoftmaxCrossEntropy.forward(logits[t], batch.targets()[position]);
    }
    LayerState[] fromLater = initialState(1).ofSequence(0); // gradient through later time steps
    for (int t = steps - 1; t >= 0; t--) {
      int position = t * batch.batchSize() + b;
      double[] logitsGradient =
          SoftmaxCrossEntropy.backward(
              logits[t], batch.targets()[position], 1.0 / batch.predictions());
      backward(positions[t], logitsGradient, fromLater, dropout, position);
    }
    return total;
  }

  /** From one position's logits back to its token, layer by layer. */
  private void backward(
      Position at,
      double[] logitsGradient,
      LayerState[] fromLater,
      DropoutMasks dropout,
      int position) {
    double[] readGradient = linear.backward(at.read()[cells.length], logitsGradient);
    for (int k = cells.length - 1; k >= 0; k--) {
      double[] hidden = drop(readGradient, dropout, k, position);
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] += fromLater[k].hidden()[i];
      }
      LayerState after = new LayerState(hidden, fromLater[k].cell());
      Gradient gradient = cells[k].backward(at.steps()[k], after);
      fromLater[k] = gradient.before();
      if (k > 0) {
        readGradient = inputs[k].backward(at.read()[k], gradient.fromInput());
      } else {
        tokens.backward(at.id(), gradient.fromInput());
      }
    }
  }
}
