package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Linear;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's layers over its weights, from what the first one reads to logits. Each is a call of its
 * own, since the dropout masks that act between them come from outside. It keeps nothing of what it
 * computes, so that several threads may share it.
 */
final class Network {
  private final DjlWeights weights;
  private final boolean oneHot;
  private final List<RecurrentLayer> layers = new ArrayList<>(); // L

  /**
   * @param manager owns what the layers need beside the weights
   */
  Network(DjlWeights weights, NDManager manager) {
    this.weights = weights;
    this.oneHot = weights.spec().embedding() == null;
    RecurrentCell.of(weights.spec().cell()); // complains of a cell that there is not
    for (int k = 0; k < weights.spec().layers(); k++) {
      layers.add(layer(k, manager));
    }
  }

  /**
   * On one-hot vectors the product with W_ih is a gather. A fused operator multiplies in any case
   * and is then given the identity to multiply by, {@code [G*H, G*H]}: a detour that pays on a GPU,
   * where starting an operator costs more than computing it.
   */
  private RecurrentLayer layer(int k, NDManager manager) {
    if (k > 0 || !oneHot) {
      return fused(k, weights.get("rnn.weight_ih_l" + k));
    }
    return manager.getDevice().isGpu()
        ? fused(k, manager.eye(weights.spec().gateRows()))
        : stepped(k);
  }

  private RecurrentLayer fused(int k, NDArray inputWeights) {
    return new FusedLayer(
        weights.spec().cell(),
        new NDList(
            inputWeights,
            weights.get("rnn.weight_hh_l" + k),
            weights.get("rnn.bias_ih_l" + k),
            weights.get("rnn.bias_hh_l" + k)));
  }

  private SteppedLayer stepped(int k) {
    Cell cell = weights.spec().cell();
    return new SteppedLayer(
        cell,
        k == 0 && oneHot ? null : weights.get("rnn.weight_ih_l" + k),
        weights.get("rnn.bias_ih_l" + k),
        weights.get("rnn.weight_hh_l" + k),
        weights.get("rnn.bias_hh_l" + k));
  }

  /**
   * What the first layer reads of tokens: rows of the embedding, or of W_ih transposed.
   *
   * @param tokens {@code [T, B]}
   * @return {@code [T, B, I]}, of the manager of the tokens
   */
  NDArray read(NDArray tokens) {
    return rows(weights.get(oneHot ? "rnn.weight_ih_l0" : "embedding.weight"), tokens);
  }

  /** Rows of a matrix, {@code [indices…, I]}, of the manager of the indices. */
  static NDArray rows(NDArray matrix, NDArray indices) {
    return indices
        .getNDArrayInternal()
        .embedding(indices, matrix, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /**
   * Through all layers.
   *
   * @param read {@code [T, B, I]}
   * @param masks L of {@code [T, B, H]}, or none
   * @param state advances
   * @param training whether gradients will be asked for
   * @return {@code [T, B, H]}
   */
  NDArray forward(NDArray read, List<NDArray> masks, DjlState state, boolean training) {
    NDArray output = read;
    for (int k = 0; k < layers.size(); k++) {
      NDList outputAndState = layers.get(k).forward(output, state.ofLayer(k), training);
      state.setLayer(k, outputAndState.subList(1, outputAndState.size()));
      output = outputAndState.head();
      if (!masks.isEmpty()) {
        output = output.mul(masks.get(k));
      }
    }
    return output;
  }

  /** Through all layers, step by step, telling what happens. */
  Trace trace(NDArray read, DjlState state) {
    Trace trace = new Trace();
    NDArray output = read;
    for (int k = 0; k < layers.size(); k++) {
      output = stepped(k).forward(output, state.ofLayer(k), k, trace).head();
    }
    return trace;
  }

  /** {@code [N, V]} of what the last layer put out, {@code [N, H]}. */
  NDArray logits(NDArray hidden) {
    return Linear.linear(hidden, weights.get("linear.weight"), weights.get("linear.bias"))
        .singletonOrThrow();
  }
}
