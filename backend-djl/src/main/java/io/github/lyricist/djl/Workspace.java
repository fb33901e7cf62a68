package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/**
 * What one session or trainer hands a network its inputs by. Not for several threads at once, as
 * the network is.
 */
final class Workspace {
  private final Network network;
  private final Input tokens = new Input();
  private final Input targets = new Input();
  private final List<Input> masks = new ArrayList<>();

  Workspace(Network network) {
    this.network = network;
  }

  /**
   * From token ids to logits, {@code [T*B, V]}; the state advances by T time steps.
   *
   * @param ids {@code int[T*B]}, time-major
   * @param training whether gradients will be asked for
   * @param step owns what is computed
   */
  NDArray logits(
      int[] ids, DropoutMasks dropout, DjlState state, boolean training, NDManager step) {
    int batchSize = state.batchSize();
    Shape shape = new Shape(ids.length / batchSize, batchSize);
    NDArray read = network.read(tokens.of(ids, shape, step));
    Network.Pass pass =
        network.forward(read, state.layers(step), masks(dropout, shape, step), training);
    state.become(pass.after());
    return network.logits(pass.output().reshape(ids.length, pass.output().getShape().get(2)));
  }

  private NDList masks(DropoutMasks dropout, Shape positions, NDManager step) {
    NDList arrays = new NDList();
    for (float[] mask : dropout.ofLayers()) {
      if (masks.size() == arrays.size()) {
        masks.add(new Input());
      }
      Shape shape = positions.add(mask.length / positions.size());
      arrays.add(masks.get(arrays.size()).of(mask, shape, step));
    }
    return arrays;
  }

  /**
   * The logarithm of the probability of each target, {@code [T*B, 1]}; the state advances by T time
   * steps.
   */
  NDArray logProbabilities(
      Batch batch, DropoutMasks dropout, DjlState state, boolean training, NDManager step) {
    if (batch.batchSize() != state.batchSize()) {
      throw new IllegalArgumentException(
          "a batch of %d sequences for a state of %d"
              .formatted(batch.batchSize(), state.batchSize()));
    }
    NDArray ids = targets.of(batch.targets(), new Shape(batch.predictions(), 1), step);
    // The largest arrays of all: what autograd needs of them it keeps itself.
    try (NDArray logits = logits(batch.inputs(), dropout, state, training, step);
        NDArray all = logits.logSoftmax(1)) {
      return all.gather(ids.toType(DataType.INT64, false), 1);
    }
  }

  /** Total cross-entropy, in double precision. */
  static double crossEntropy(NDArray logProbabilities) {
    return -logProbabilities.toType(DataType.FLOAT64, false).sum().getDouble();
  }
}
