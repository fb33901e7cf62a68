package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import java.util.stream.IntStream;

/** The network over batches of one shape, with what it computes on the way forward. */
final class Network implements AutoCloseable {
  private final NdWeights weights;
  private final BatchShape shape;
  private final NativeArrays owned = new NativeArrays();
  private final TokenInput tokens;
  private final RecurrentSequence[] layers; // L
  private final LayerOutput[] outputs; // L
  private final OutputLayer linear;

  Network(NdWeights weights, BatchShape shape) {
    this.weights = weights;
    this.shape = shape;
    ModelSpec spec = weights.spec();
    this.tokens = TokenInput.of(weights, shape, owned);
    this.layers =
        IntStream.range(0, spec.layers())
            .mapToObj(weights::layer)
            .map(layer -> RecurrentSequence.of(spec.cell(), layer, spec.hidden(), shape, owned))
            .toArray(RecurrentSequence[]::new);
    this.outputs =
        IntStream.range(0, spec.layers())
            .mapToObj(k -> new LayerOutput(layers[k].hidden.after.whole(), k, owned))
            .toArray(LayerOutput[]::new);
    this.linear = new OutputLayer(weights, shape, owned);
  }

  BatchShape shape() {
    return shape;
  }

  /** From token ids, {@code int[T*B]}, to logits; the state goes on. */
  void forward(int[] ids, DropoutMasks dropout, HiddenState state) {
    for (int k = 0; k < layers.length; k++) {
      layers[k].takeState(state, k);
      if (k == 0) {
        tokens.forward(ids, layers[0].gates);
      } else {
        weights.layer(k).multiplyInput(outputs[k - 1].read(), layers[k].gates);
      }
      layers[k].forward();
      layers[k].leaveState(state, k);
      outputs[k].forward(dropout);
    }
    linear.forward(outputs[layers.length - 1].read());
  }

  /** Copies the logits: {@code float[T*B*V]}. */
  void copyLogits(float[] to) {
    linear.copyLogits(to);
  }

  /** Total cross-entropy of the targets, {@code int[T*B]}. */
  double crossEntropy(int[] targets) {
    return linear.crossEntropy(targets);
  }

  /** Tells what happened on the way forward. */
  Trace trace() {
    Trace trace = new Trace();
    for (int k = 0; k < layers.length; k++) {
      layers[k].trace(trace, k, weights.spec().cell().gates());
    }
    return trace;
  }

  /**
   * The gradient of the cross-entropy, divided by {@code predictions}, in every parameter, by
   * truncated backpropagation through time: the state before the first time step is a constant.
   * Uses up what forward and {@link #crossEntropy} left.
   *
   * @param batch as forward got it
   */
  void backward(Batch batch, long predictions, BackwardPass backward, NdWeights gradients) {
    linear.backward(
        batch.targets(), predictions, outputs[layers.length - 1].read(), backward, gradients);
    for (int k = layers.length - 1; k >= 0; k--) {
      outputs[k].backward(backward.hidden.whole());
      layers[k].backward(backward);
      layers[k].weightGradients(backward, gradients.layer(k));
      if (k > 0) {
        backward.inputGradients(outputs[k - 1].read(), gradients.layer(k));
        backward.intoInput(weights.layer(k), backward.hidden.whole());
      } else {
        tokens.backward(batch.inputs(), backward, gradients);
      }
    }
  }

  /**
   * Gradient times input of the logits of some tokens after the last time step. Uses up what
   * forward left.
   *
   * @param ids as forward got them
   * @param explained {@code int[B]}, the tokens
   * @return {@code float[T*B]}
   */
  float[] attribution(int[] ids, int[] explained) {
    try (BackwardPass backward =
        new BackwardPass(weights.spec(), weights.vocabularySize(), shape)) {
      linear.backwardFrom(explained, backward.hidden.whole());
      for (int k = layers.length - 1; k >= 0; k--) {
        layers[k].backward(backward);
        if (k > 0) {
          backward.intoInput(weights.layer(k), backward.hidden.whole());
        }
      }
      return tokens.attribution(ids, backward);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
