package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent language model's way forward, for speed: the workspace of one reader or writer over
 * weights that many may share. The formulas are those of {@link
 * io.github.lyricist.scratch.reference.ReferenceNetwork}; here they are large products over all
 * positions of a batch, and only the recurrence itself goes step by step.
 *
 * <p>Threads share out rows and columns of results, never the terms of a sum, so the numbers don't
 * depend on how many threads there are.
 */
final class FastNetwork {
  private final NetworkWeights weights;
  private final TokenInput tokens;
  private final List<DenseInput> inputs = new ArrayList<>(); // of each layer but the first
  private final List<RecurrentLayer> layers = new ArrayList<>(); // L
  private final List<DroppedOutput> outputs = new ArrayList<>(); // L: each layer's, after dropout
  private final OutputLayer output;

  FastNetwork(NetworkWeights weights, Products products) {
    this.weights = weights;
    this.tokens = TokenInput.of(weights, products);
    ModelSpec spec = weights.spec();
    for (int k = 0; k < spec.layers(); k++) {
      LayerInput input = tokens.input();
      DenseWeights dense = weights.layer(k).input();
      if (k > 0 && dense != null) {
        DenseInput ofLayer = new DenseInput(dense, products);
        inputs.add(ofLayer);
        input = ofLayer;
      }
      layers.add(new RecurrentLayer(k, weights, input, products));
      outputs.add(new DroppedOutput(weights.kernels(), products.workers()));
    }
    this.output = new OutputLayer(weights, products);
  }

  NetworkWeights weights() {
    return weights;
  }

  TokenInput tokens() {
    return tokens;
  }

  /** The input side of layer k, which is not the first. */
  DenseInput input(int k) {
    return inputs.get(k - 1);
  }

  RecurrentLayer layer(int k) {
    return layers.get(k);
  }

  /** What layer k puts out, after dropout. */
  DroppedOutput dropped(int k) {
    return outputs.get(k);
  }

  OutputLayer output() {
    return output;
  }

  /** Total cross-entropy of a batch, without dropout; the state advances. */
  double crossEntropy(Batch batch, HiddenState state) {
    return output.crossEntropy(batch, forward(batch.inputs(), state, DropoutMasks.NONE));
  }

  /** One time step of B sequences; {@code logits} is {@code float[B*V]}. */
  void nextLogits(int[] ids, HiddenState state, float[] logits) {
    output.logits(forward(ids, state, DropoutMasks.NONE), logits);
  }

  /** Reads token ids, {@code int[T*B]}, and tells what happened; the state advances. */
  Trace trace(int[] ids, HiddenState state) {
    forward(ids, state, DropoutMasks.NONE);
    Trace trace = new Trace();
    layers.forEach(layer -> layer.trace(trace));
    return trace;
  }

  /**
   * Through all layers; the state advances.
   *
   * @param ids {@code int[T*B]}
   * @return what the output layer reads, {@code [T*B, H]}
   */
  Matrix forward(int[] ids, HiddenState state, DropoutMasks dropout) {
    int steps = ids.length / state.batchSize();
    tokens.read(ids);
    Matrix read = forward(0, steps, state, dropout);
    for (int k = 1; k < layers.size(); k++) {
      input(k).read(read);
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
}
