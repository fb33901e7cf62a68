package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RNN;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;

/** A recurrent language model of one layer on one-hot input, by PyTorch's fused operators. */
final class DjlRecurrentModel implements RecurrentModel {
  private final NDManager manager;
  private final DjlWeights weights;
  private final NDArray identity; // [H, H]
  private final Input tokens = new Input();
  private final Input targets = new Input();
  private final Input before = new Input(); // the state before the first time step

  /**
   * @param manager the model's own; closed with it
   */
  DjlRecurrentModel(NDManager manager, ModelSpec spec, Parameters initial) {
    this.manager = manager;
    this.weights = new DjlWeights(manager, spec, initial);
    this.identity = manager.eye(spec.hidden());
  }

  @Override
  public ModelSpec spec() {
    return weights().spec();
  }

  @Override
  public int vocabularySize() {
    return weights().vocabularySize();
  }

  /** The parameters, not a copy: an optimizer changes them. */
  DjlWeights weights() {
    requireOpen();
    return weights;
  }

  /** For what one step computes: closing it frees all that. */
  NDManager newStep() {
    requireOpen();
    return manager.newSubManager();
  }

  private void requireOpen() {
    if (!manager.isOpen()) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public Parameters parameters() {
    return weights().toParameters();
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    try (NDManager step = newStep()) {
      double total = DjlBackend.onPyTorch(() -> crossEntropy(logProbabilities(batch, state, step)));
      return new Evaluation(total, batch.predictions());
    }
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    try (NDManager step = newStep()) {
      float[] next = DjlBackend.onPyTorch(() -> logits(ids, state, step).toFloatArray());
      System.arraycopy(next, 0, logits, 0, next.length);
    }
  }

  /**
   * The logarithm of the probability of each target, {@code [T*B, 1]}; the state goes on.
   *
   * @param step owns what is computed
   */
  NDArray logProbabilities(Batch batch, HiddenState state, NDManager step) {
    NDArray targets = this.targets.of(batch.targets(), new Shape(batch.predictions(), 1), step);
    return logits(batch.inputs(), state, step)
        .logSoftmax(1)
        .gather(targets.toType(DataType.INT64, false), 1);
  }

  /** Total cross-entropy, in double precision. */
  static double crossEntropy(NDArray logProbabilities) {
    return -logProbabilities.toType(DataType.FLOAT64, false).sum().getDouble();
  }

  /** From token ids, {@code int[T*B]}, to logits {@code [T*B, V]}; the state goes on. */
  private NDArray logits(int[] ids, HiddenState state, NDManager step) {
    int size = spec().hidden();
    int batchSize = state.batchSize();
    NDArray tokens = this.tokens.of(ids, new Shape(ids.length / batchSize, batchSize), step);
    // The fused operator multiplies its input by W_ih. Of one-hot vectors that product is a gather,
    // which is done here, so that the identity is left to multiply by.
    NDArray gathered =
        tokens
            .getNDArrayInternal()
            .embedding(tokens, weights.oneHot(), SparseFormat.DENSE)
            .singletonOrThrow();
    gathered.attach(step);
    NDArray before = this.before.of(state.hidden(), new Shape(1, batchSize, size), step);
    NDList outputAndState =
        gathered
            .getNDArrayInternal()
            .rnn(
                gathered,
                before,
                new NDList(
                    identity,
                    weights.get("rnn.weight_hh_l0"),
                    weights.get("rnn.bias_ih_l0"),
                    weights.get("rnn.bias_hh_l0")),
                true,
                1,
                RNN.Activation.TANH,
                0,
                false,
                false,
                false);
    outputAndState.attach(step);
    float[] after = outputAndState.get(1).toFloatArray();
    System.arraycopy(after, 0, state.hidden(), 0, after.length);
    NDArray hidden = outputAndState.get(0).reshape(ids.length, size);
    return Linear.linear(hidden, weights.get("linear.weight"), weights.get("linear.bias"))
        .singletonOrThrow();
  }

  @Override
  public void close() {
    manager.close();
  }
}
