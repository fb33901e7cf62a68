package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent language model, for speed. The formulas are those of {@link
 * io.github.lyricist.scratch.reference.ReferenceNetwork}; here they are large products over all
 * positions of a batch, and only the recurrence itself goes step by step.
 *
 * <p>Threads share out rows and columns of results, never the terms of a sum, so the numbers don't
 * depend on how many threads there are.
 */
final class FastNetwork implements AutoCloseable {
  private final ModelSpec spec;
  private final Kernels kernels;
  private final Workers workers;
  private final FastWeights weights;
  private final FastWeights gradients;
  private final TokenInput tokens;
  private final List<DenseInput> inputs = new ArrayList<>(); // of each layer but the first
  private final List<RecurrentLayer> layers = new ArrayList<>(); // L
  private final List<DroppedOutput> outputs = new ArrayList<>(); // L: each layer's, after dropout
  private final OutputLayer output;
  private boolean closed;

  FastNetwork(
      ModelSpec spec, int vocabularySize, Parameters initial, Kernels kernels, Workers workers) {
    this.spec = spec;
    this.kernels = kernels;
    this.workers = workers;
    this.weights = new FastWeights(spec, vocabularySize);
    this.gradients = new FastWeights(spec, vocabularySize);
    weights.load(initial);
    Products products = new Products(kernels, workers);
    this.tokens = TokenInput.of(weights, gradients, kernels, products);
    layers.add(new RecurrentLayer(0, weights, gradients, tokens.input(), kernels, products));
    outputs.add(new DroppedOutput(kernels, workers));
    int rows = spec.cell().gates() * spec.hidden();
    for (int k = 1; k < spec.layers(); k++) {
      DenseInput input =
          new DenseInput(weights, gradients, "rnn.weight_ih_l" + k, rows, spec.hidden(), products);
      inputs.add(input);
      layers.add(new RecurrentLayer(k, weights, gradients, input, kernels, products));
      outputs.add(new DroppedOutput(kernels, workers));
    }
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
    for (int k = 0; k < layers.size(); k++) {
      layers.get(k).weightsChanged();
    }
    output.weightsChanged();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Total cross-entropy of a batch, without dropout; the state goes on. */
  double crossEntropy(Batch batch, HiddenState state) {
    requireOpen();
    Matrix top = forward(batch.inputs(), state, DropoutMasks.NONE);
    return output.crossEntropy(batch, top);
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  double learn(Batch batch, DropoutMasks dropout, HiddenState state) {
    requireOpen();
    Matrix top = forward(batch.inputs(), state, dropout);
    int last = layers.size() - 1;
    double total = output.learn(batch, top, layers.get(last).gradientAfter());
    for (int k = last; k >= 0; k--) {
      outputs.get(k).backward(layers.get(k).gradientAfter());
      layers.get(k).backward();
    }
    tokens.backward();
    return total;
  }

  /** Through all layers; the state goes on. Returns what the output layer reads. */
  private Matrix forward(int[] ids, HiddenState state, DropoutMasks dropout) {
    int steps = ids.length / state.batchSize();
    tokens.read(ids);
    Matrix read = forward(0, steps, state, dropout);
    for (int k = 1; k < layers.size(); k++) {
      inputs.get(k - 1).read(read, layers.get(k - 1).gradientAfter());
      read = forward(k, steps, state, dropout);
    }
    return read;
  }

  /** Through layer k, which has been told what to read. Returns what is read of it. */
  private Matrix forward(int k, int steps, HiddenState state, DropoutMasks dropout) {
    RecurrentLayer layer = layers.get(k);
    layer.forward(steps, state);
    layer.leaveState(state);
    float[] mask = dropout.isEmpty() ? null : dropout.ofLayers().get(k);
    return outputs.get(k).forward(layer.hiddenAfter(), mask);
  }

  /** One time step of B sequences; {@code logits} is {@code float[B*V]}. */
  void nextLogits(int[] ids, HiddenState state, float[] logits) {
    requireOpen();
    output.logits(forward(ids, state, DropoutMasks.NONE), logits);
  }

  @Override
  public void close() {
    closed = true;
  }
}
