package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/**
 * A recurrent language model of one layer on one-hot input, for speed. The formulas are those of
 * {@link io.github.lyricist.scratch.reference.ReferenceNetwork}; here they are large products over
 * all positions of a batch, and only the recurrence itself goes step by step.
 *
 * <p>Threads share out rows and columns of results, never the terms of a sum, so the numbers don't
 * depend on how many threads there are.
 */
final class FastNetwork implements AutoCloseable {
  private final ModelSpec spec;
  private final Kernels kernels;
  private final Workers workers;
  private final Products products;
  private final FastWeights weights;
  private final FastWeights gradients;
  private final RnnSequence sequence;
  private final OutputLayer output;
  private float[] hidden = new float[0]; // [T+1, B, H]: before the first time step, and after each
  private float[] hiddenGradient = new float[0]; // [T, B, H]
  private boolean closed;

  FastNetwork(
      ModelSpec spec, int vocabularySize, Parameters initial, Kernels kernels, Workers workers) {
    this.spec = spec;
    this.kernels = kernels;
    this.workers = workers;
    this.products = new Products(kernels, workers);
    this.weights = new FastWeights(spec, vocabularySize);
    this.gradients = new FastWeights(spec, vocabularySize);
    weights.load(initial);
    this.sequence = new RnnSequence(weights, gradients, spec.hidden(), kernels, products);
    this.output = new OutputLayer(weights, gradients, spec.hidden(), kernels, products);
  }

  ModelSpec spec() {
    return spec;
  }

  Kernels kernels() {
    return kernels;
  }

  Workers workers() {
    return workers;
  }

  /**
   * The parameters, not a copy: an optimizer changes them, and then calls {@link #weightsChanged}.
   */
  FastWeights weights() {
    requireOpen();
    return weights;
  }

  /** What {@link #learn} computed last. */
  FastWeights gradients() {
    return gradients;
  }

  /** Makes the next call rearrange the weights anew. */
  void weightsChanged() {
    sequence.weightsChanged();
    output.weightsChanged();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Total cross-entropy of a batch; the state goes on. */
  double crossEntropy(Batch batch, HiddenState state) {
    requireOpen();
    forward(batch, state);
    double total = output.crossEntropy(batch, hiddenAfterEachStep(batch));
    leaveState(batch, state);
    return total;
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  double learn(Batch batch, HiddenState state) {
    requireOpen();
    forward(batch, state);
    double total = output.learn(batch, hiddenAfterEachStep(batch), hiddenGradient);
    sequence.backward(batch, hidden, hiddenGradient);
    leaveState(batch, state);
    return total;
  }

  private void forward(Batch batch, HiddenState state) {
    int stateSize = batch.batchSize() * spec.hidden();
    if (hidden.length != (batch.steps() + 1) * stateSize) {
      hidden = new float[(batch.steps() + 1) * stateSize];
      hiddenGradient = new float[batch.steps() * stateSize];
    }
    System.arraycopy(state.hidden(), 0, hidden, 0, stateSize);
    sequence.forward(batch, hidden);
  }

  private Matrix hiddenAfterEachStep(Batch batch) {
    int stateSize = batch.batchSize() * spec.hidden();
    return Matrix.of(hidden, stateSize, batch.predictions(), spec.hidden());
  }

  private void leaveState(Batch batch, HiddenState state) {
    int stateSize = batch.batchSize() * spec.hidden();
    System.arraycopy(hidden, batch.steps() * stateSize, state.hidden(), 0, stateSize);
  }

  /** One time step of B sequences; {@code logits} is {@code float[B*V]}. */
  void nextLogits(int[] ids, HiddenState state, float[] logits) {
    requireOpen();
    sequence.advance(ids, state.hidden());
    output.logits(Matrix.of(state.hidden(), 0, ids.length, spec.hidden()), logits);
  }

  @Override
  public void close() {
    closed = true;
  }
}
