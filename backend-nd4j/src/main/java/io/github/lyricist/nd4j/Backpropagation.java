package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A network and its way back, over batches of one shape. */
final class Backpropagation implements AutoCloseable {
  private final Network network;
  private final BackwardPass backward;
  private final NativeState state;

  Backpropagation(NdWeights weights, BatchShape shape) {
    this.network = new Network(weights, shape, true);
    try {
      this.backward = new BackwardPass(weights.spec(), weights.vocabularySize(), shape);
      this.state = NativeState.zero(weights.spec(), shape.batchSize());
    } catch (RuntimeException e) {
      network.close(); // there was memory for it alone
      throw e;
    }
  }

  BatchShape shape() {
    return network.shape();
  }

  /**
   * The gradient of a batch's total cross-entropy, divided by {@code predictions}.
   *
   * @param before the state before the first time step; left as the one after the last
   * @param gradients written
   * @return the total cross-entropy
   */
  double learn(
      Batch batch,
      DropoutMasks dropout,
      HiddenState before,
      long predictions,
      NdWeights gradients) {
    state.set(before);
    network.forward(batch.inputs(), dropout, state);
    state.copyTo(before);
    double total = network.crossEntropy(batch.targets());
    network.backward(batch.inputs(), batch.targets(), predictions, backward, gradients);
    return total;
  }

  @Override
  public void close() {
    network.close();
    backward.close();
    state.close();
  }
}
