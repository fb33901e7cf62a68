package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A recurrent language model by PyTorch's fused operators. */
final class DjlRecurrentModel implements RecurrentModel {
  private final NDManager manager;
  private final DjlWeights weights;
  private final RecurrentLayers layers;
  private final Input tokens = new Input();
  private final Input targets = new Input();

  /**
   * @param manager the model's own; closed with it
   */
  DjlRecurrentModel(NDManager manager, ModelSpec spec, Parameters initial) {
    this.manager = manager;
    this.weights = new DjlWeights(manager, spec, initial);
    this.layers = new RecurrentLayers(weights, manager);
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

  /**
   * A manager within the model's own. What is computed from now on is not recorded but within a
   * gradient collector: for PyTorch that is a setting of each thread, which DJL makes only on the
   * first.
   */
  NDManager newScope() {
    requireOpen();
    JniUtils.setGradMode(false);
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
    try (NDManager step = newScope()) {
      double total =
          DjlBackend.onPyTorch(
              () ->
                  crossEntropy(logProbabilities(batch, logits(batch.inputs(), state, step), step)));
      return new Evaluation(total, batch.predictions());
    }
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    try (NDManager step = newScope()) {
      float[] next = DjlBackend.onPyTorch(() -> logits(ids, state, step).toFloatArray());
      System.arraycopy(next, 0, logits, 0, next.length);
    }
  }

  /**
   * The logarithm of the probability of each target, {@code [T*B, 1]}, to be differentiated; the
   * state goes on.
   *
   * @param step owns what is computed
   */
  NDArray logProbabilities(Batch batch, DropoutMasks dropout, HiddenState state, NDManager step) {
    return logProbabilities(batch, logits(batch.inputs(), dropout, state, true, step), step);
  }

  private NDArray logProbabilities(Batch batch, NDArray logits, NDManager step) {
    NDArray targets = this.targets.of(batch.targets(), new Shape(batch.predictions(), 1), step);
    try (logits) { // a big one, of which autograd needs no more
      return logits.logSoftmax(1).gather(targets.toType(DataType.INT64, false), 1);
    }
  }

  /** Total cross-entropy, in double precision. */
  static double crossEntropy(NDArray logProbabilities) {
    return -logProbabilities.toType(DataType.FLOAT64, false).sum().getDouble();
  }

  private NDArray logits(int[] ids, HiddenState state, NDManager step) {
    return logits(ids, DropoutMasks.NONE, state, false, step);
  }

  /**
   * From token ids, {@code int[T*B]}, to logits {@code [T*B, V]}; the state goes on.
   *
   * @param training whether gradients will be asked for
   */
  private NDArray logits(
      int[] ids, DropoutMasks dropout, HiddenState state, boolean training, NDManager step) {
    int batchSize = state.batchSize();
    NDArray tokens = this.tokens.of(ids, new Shape(ids.length / batchSize, batchSize), step);
    NDArray read =
        layers.forward(tokens, dropout, state, training, step).reshape(ids.length, spec().hidden());
    return Linear.linear(read, weights.get("linear.weight"), weights.get("linear.bias"))
        .singletonOrThrow();
  }

  @Override
  public void close() {
    manager.close();
  }
}
