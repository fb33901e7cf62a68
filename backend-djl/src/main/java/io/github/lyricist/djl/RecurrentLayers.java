package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/**
 * All layers, from token ids to what {@code linear} reads. Each is a call of its own, since the
 * dropout masks that act between them come from outside.
 */
final class RecurrentLayers {
  private final NDArray table; // [V, I]: what the first layer reads for each token
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final List<Input> masks = new ArrayList<>();
  private final StateInput before;

  /**
   * @param manager owns what they need beside the weights
   */
  RecurrentLayers(DjlWeights weights, NDManager manager) {
    boolean oneHot = weights.spec().embedding() == null;
    table = weights.get(oneHot ? "rnn.weight_ih_l0" : "embedding.weight");
    for (int k = 0; k < weights.spec().layers(); k++) {
      layers.add(
          k == 0 && oneHot
              ? onOneHot(weights, manager)
              : fused(weights, k, weights.get("rnn.weight_ih_l" + k)));
      masks.add(new Input());
    }
    before = new StateInput(layers.size(), weights.spec().hidden());
  }

  private static RecurrentLayer fused(DjlWeights weights, int k, NDArray inputWeights) {
    return new FusedLayer(
        weights.spec().cell(),
        new NDList(
            inputWeights,
            weights.get("rnn.weight_hh_l" + k),
            weights.get("rnn.bias_ih_l" + k),
            weights.get("rnn.bias_hh_l" + k)));
  }

  /**
   * The first layer on one-hot vectors, whose product with W_ih is a gather. A fused operator
   * multiplies in any case and is then given the identity to multiply by, {@code [G*H, G*H]}: a
   * detour that pays on a GPU, where starting an operator costs more than computing it.
   */
  private static RecurrentLayer onOneHot(DjlWeights weights, NDManager manager) {
    Cell cell = weights.spec().cell();
    return manager.getDevice().isGpu()
        ? fused(weights, 0, manager.eye(cell.gates() * weights.spec().hidden()))
        : new SteppedLayer(
            RecurrentCell.of(cell),
            weights.get("rnn.bias_ih_l0"),
            weights.get("rnn.weight_hh_l0"),
            weights.get("rnn.bias_hh_l0"));
  }

  /**
   * Reads tokens.
   *
   * @param tokens {@code [T, B]}, of the step's manager
   * @param dropout what to drop
   * @param state goes on
   * @param training whether gradients will be asked for
   * @param step owns what is computed
   * @return {@code [T, B, H]}
   */
  NDArray forward(
      NDArray tokens, DropoutMasks dropout, HiddenState state, boolean training, NDManager step) {
    List<NDList> states = before.of(state, step);
    NDArray read =
        tokens.getNDArrayInternal().embedding(tokens, table, SparseFormat.DENSE).singletonOrThrow();
    for (int k = 0; k < layers.size(); k++) {
      NDList outputAndState = layers.get(k).forward(read, states.get(k), training);
      StateInput.take(outputAndState, k, state);
      read = outputAndState.head();
      if (!dropout.isEmpty()) {
        read = read.mul(masks.get(k).of(dropout.ofLayers().get(k), read.getShape(), step));
      }
    }
    return read;
  }
}
