package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/** One reader's way through a model: the memory by which its inputs reach PyTorch. */
final class Workspace {
  private final DjlRecurrentModel model;
  private final Input tokens = new Input();
  private final Input targets = new Input();
  private final List<Input> masks = new ArrayList<>(); // L

  Workspace(DjlRecurrentModel model) {
    this.model = model;
    for (int k = 0; k < model.spec().layers(); k++) {
      masks.add(new Input());
    }
  }

  /**
   * The logarithm of the probability of each target, {@code [T*B, 1]}; the state advances.
   *
   * @param training whether gradients will be asked for
   * @param step owns what is computed
   */
  NDArray logProbabilities(
      Batch batch, DropoutMasks dropout, DjlState state, boolean training, NDManager step) {
    NDArray targets = this.targets.of(batch.targets(), new Shape(batch.predictions(), 1), step);
    // The logits are large, and autograd needs no more of them than their logarithms.
    try (NDArray logits = logits(batch.inputs(), dropout, state, training, step)) {
      return logits.logSoftmax(1).gather(targets.toType(DataType.INT64, false), 1);
    }
  }

  /** Total cross-entropy, in double precision. */
  static double crossEntropy(NDArray logProbabilities) {
    return -logProbabilities.toType(DataType.FLOAT64, false).sum().getDouble();
  }

  /** From token ids, {@code int[T*B]}, to logits {@code [T*B, V]}; the state advances. */
  NDArray logits(
      int[] ids, DropoutMasks dropout, DjlState state, boolean training, NDManager step) {
    Network network = model.network();
    NDArray read = network.read(tokens(ids, state.batchSize(), step));
    long size = model.spec().hidden();
    Shape shape = new Shape(ids.length / state.batchSize(), state.batchSize(), size);
    NDArray hidden = network.forward(read, masks(dropout, shape, step), state, training);
    return network.logits(hidden.reshape(ids.length, size));
  }

  /** {@code [T, B]}, valid until the next call. */
  NDArray tokens(int[] ids, int batchSize, NDManager step) {
    return tokens.of(ids, new Shape(ids.length / batchSize, batchSize), step);
  }

  private List<NDArray> masks(DropoutMasks dropout, Shape shape, NDManager step) {
    List<NDArray> arrays = new ArrayList<>();
    for (int k = 0; k < dropout.ofLayers().size(); k++) {
      arrays.add(masks.get(k).of(dropout.ofLayers().get(k), shape, step));
    }
    return arrays;
  }
}
