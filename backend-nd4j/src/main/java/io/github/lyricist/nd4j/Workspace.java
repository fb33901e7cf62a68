package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.training.DropoutMasks;
import org.jspecify.annotations.Nullable;

/** One reader's way forward through a model: the arrays for the batch shape that it saw last. */
final class Workspace implements AutoCloseable {
  private final NdRecurrentModel model;
  private @Nullable Network latest;

  Workspace(NdRecurrentModel model) {
    this.model = model;
  }

  /** From token ids, {@code int[T*B]}, to logits; the state advances. */
  Network forward(int[] ids, DropoutMasks dropout, HiddenState state) {
    NdWeights weights = model.weights();
    BatchShape shape = BatchShape.of(ids, state);
    Network network = latest;
    if (network == null || !network.shape().equals(shape)) {
      close();
      network = new Network(weights, shape);
      latest = network;
    }
    network.forward(ids, dropout, state);
    return network;
  }

  @Override
  public void close() {
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }
}
