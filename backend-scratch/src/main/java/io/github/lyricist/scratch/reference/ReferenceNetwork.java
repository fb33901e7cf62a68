package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.sampling.Batch;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A recurrent language model of one layer on one-hot input, to be read: one sequence at a time, one
 * time step after the other, forward and then backward through time. The sequences of a batch don't
 * see each other.
 */
public final class ReferenceNetwork {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Weights weights;
  private final Weights gradients;
  private final OneHotInput input;
  private final RnnCell cell;
  private final Linear linear;

  public ReferenceNetwork(
      ModelSpec spec, int vocabularySize, Parameters initial, Precision precision) {
    Map<String, Shape> shapes = spec.shapes(vocabularySize);
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.weights = Weights.of(shapes, initial);
    this.gradients = Weights.zero(shapes);
    this.input = new OneHotInput(weights, gradients, vocabularySize);
    this.cell = new RnnCell(weights, gradients, precision);
    this.linear = new Linear(weights, gradients, precision);
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

  /**
   * One time step of one sequence.
   *
   * @param hidden {@code double[H]}
   * @return the next hidden state, {@code double[H]}
   */
  double[] advance(int id, double[] hidden) {
    return cell.forward(input.forward(id), hidden);
  }

  /** What the output layer makes of a hidden state: logits, {@code double[V]}. */
  double[] logits(double[] hidden) {
    return linear.forward(hidden);
  }

  /**
   * Total cross-entropy of a batch.
   *
   * @param hidden {@code double[B][H]}, left as it is after the last time step
   */
  public double crossEntropy(Batch batch, double[][] hidden) {
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      for (int t = 0; t < batch.steps(); t++) {
        int position = t * batch.batchSize() + b;
        hidden[b] = advance(batch.inputs()[position], hidden[b]);
        total += SoftmaxCrossEntropy.forward(logits(hidden[b]), batch.targets()[position]);
      }
    }
    return total;
  }

  /**
   * Total cross-entropy of a batch, and the gradient of its mean in every parameter, by truncated
   * backpropagation through time (Williams and Peng, 1990): the state before the first time step is
   * a constant.
   *
   * @param hidden {@code double[B][H]}, left as it is after the last time step
   */
  public double learn(Batch batch, double[][] hidden) {
    gradients.names().forEach(name -> Arrays.fill(gradients.get(name), 0));
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      total += learnSequence(batch, b, hidden);
    }
    return total;
  }

  private double learnSequence(Batch batch, int b, double[][] state) {
    int steps = batch.steps();
    double[][] hidden = new double[steps + 1][]; // [T+1][H], before the first step and after each
    double[][] hiddenGradient = new double[steps][]; // [T][H], from the output layer
    hidden[0] = state[b];
    double total = 0;
    for (int t = 0; t < steps; t++) {
      int position = t * batch.batchSize() + b;
      int target = batch.targets()[position];
      hidden[t + 1] = advance(batch.inputs()[position], hidden[t]);
      double[] logits = logits(hidden[t + 1]);
      total += SoftmaxCrossEntropy.forward(logits, target);
      double[] logitsGradient =
          SoftmaxCrossEntropy.backward(logits, target, 1.0 / batch.predictions());
      hiddenGradient[t] = linear.backward(hidden[t + 1], logitsGradient);
    }
    double[] fromLater = new double[spec.hidden()]; // dL/dh through all later time steps
    for (int t = steps - 1; t >= 0; t--) {
      for (int i = 0; i < fromLater.length; i++) {
        hiddenGradient[t][i] += fromLater[i];
      }
      double[] sumGradient = cell.backward(hidden[t], hidden[t + 1], hiddenGradient[t], fromLater);
      input.backward(batch.inputs()[t * batch.batchSize() + b], sumGradient);
    }
    state[b] = hidden[steps];
    return total;
  }
}
