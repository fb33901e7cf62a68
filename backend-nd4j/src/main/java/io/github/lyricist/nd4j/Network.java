package io.github.lyricist.nd4j;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Trace;
import io.github.lyricist.training.DropoutMasks;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The network over batches of one shape, with what it computes on the way forward. */
final class Network implements AutoCloseable {
  private final NdWeights weights;
  private final BatchShape shape;
  private final NativeArrays owned = new NativeArrays();
  private final TokenInput tokens;
  private final RecurrentSequence[] layers; // L
  private final LayerOutput[] outputs; // L
  private final OutputLayer linear;

  /**
   * @param learns whether there is a way back, for which more is kept
   */
  Network(NdWeights weights, BatchShape shape, boolean learns) {
    this.weights = weights;
    this.shape = shape;
    ModelSpec spec = weights.spec();
    RecurrentSequence.Factory cell = RecurrentSequence.of(spec.cell());
    try {
      this.tokens = TokenInput.of(weights, shape, owned);
      this.layers =
          IntStream.range(0, spec.layers())
              .mapToObj(weights::layer)
              .map(layer -> cell.create(layer, spec.hidden(), shape, learns, owned))
              .toArray(RecurrentSequence[]::new);
      this.outputs =
          IntStream.range(0, spec.layers())
              .mapToObj(k -> new LayerOutput(layers[k].hidden.after.whole(), k, owned))
              .toArray(LayerOutput[]::new);
      this.linear = new OutputLayer(weights, shape, owned);
    } catch (RuntimeException e) {
      close(); // what there was memory for
      throw e;
    }
  }

  BatchShape shape() {
    return shape;
  }

  /**
   * From token ids, {@code int[T*B]}, to logits.
   *
   * @param state that before the first time step; left as the one after the last
   */
  void forward(int[] ids, DropoutMasks dropout, NativeState state) {
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

  /** A copy of what forward left in each layer. */
  Trace trace() {
    Cell cell = weights.spec().cell();
    Trace trace = new Trace();
    for (int k = 0; k < layers.length; k++) {
      for (int i = 0; i < cell.states().size(); i++) {
        INDArray state = layers[k].states[i].after.whole();
        trace.put(Trace.state(k, cell.states().get(i)), NativeArrays.toHeap(state, 'f'));
      }
      for (int g = 0; g < cell.gates().size(); g++) {
        INDArray gate = layers[k].gates[g].whole();
        trace.put(Trace.gate(k, cell.gates().get(g)), NativeArrays.toHeap(gate, 'f'));
      }
    }
    return trace;
  }

  /**
   * The gradient of the cross-entropy, divided by {@code predictions}, in every parameter, by
   * truncated backpropagation through time: the state before the first time step is a constant.
   * Uses up what forward and {@link #crossEntropy} left.
   *
   * @param ids as forward got them
   * @param gradients written
   */
  void backward(
      int[] ids, int[] targets, long predictions, BackwardPass backward, NdWeights gradients) {
    INDArray read = outputs[layers.length - 1].read();
    linear.backward(targets, predictions, read, backward, gradients);
    for (int k = layers.length - 1; k >= 0; k--) {
      outputs[k].backward(backward.hidden.whole());
      layers[k].backward(backward);
      layers[k].weightGradients(backward, gradients.layer(k));
      if (k > 0) {
        backward.inputGradients(outputs[k - 1].read(), gradients.layer(k));
        backward.intoInput(weights.layer(k), backward.hidden.whole());
      } else {
        tokens.backward(ids, backward, gradients);
      }
    }
  }

  /**
   * Gradient × input: each x_t times the gradient of a logit in it. That gradient is {@code Σ_g
   * W_ih[g]ᵀ δ_g}, with δ_g for the one in what gate g's nonlinearity is taken of, so what is asked
   * for is {@code Σ_g δ_g · W_ih[g] x}. Uses up what forward left.
   *
   * @param ids as forward got them
   * @param logits {@code int[B]}: which token's logit after the last time step
   * @return {@code float[T*B]}
   */
  float[] attribution(int[] ids, int[] logits, BackwardPass backward) {
    linear.explain(logits, backward);
    for (int k = layers.length - 1; k >= 0; k--) {
      layers[k].backward(backward);
      if (k > 0) {
        backward.intoInput(weights.layer(k), backward.hidden.whole());
      }
    }
    Series[] ofInput = layers[0].gates; // no longer needed themselves
    tokens.forward(ids, ofInput);
    INDArray ones = owned.ones(1, weights.spec().hidden());
    INDArray sums = owned.matrix(1, shape.positions());
    for (int g = 0; g < ofInput.length; g++) {
      INDArray products = ofInput[g].whole().muli(backward.gates[g].whole());
      Nd4j.gemm(ones, products, sums, false, false, 1, g == 0 ? 0 : 1);
    }
    return NativeArrays.toHeap(sums, 'f');
  }

  @Override
  public void close() {
    owned.close();
  }
}
