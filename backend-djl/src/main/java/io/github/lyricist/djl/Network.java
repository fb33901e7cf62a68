package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.SparseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * All layers, from token ids to logits. Each is a call of its own, since the dropout masks that act
 * between them come from outside.
 */
final class Network {
  private final NDArray table; // [V, I]: what the first layer reads for each token
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final UnaryOperator<NDArray> output;

  /**
   * What the layers computed.
   *
   * @param output of the last layer after every time step, {@code [T, B, H]}
   * @param after for each layer the state after the last time step, each part {@code [1, B, H]}
   */
  record Pass(NDArray output, List<NDList> after) {}

  Network(DjlWeights weights) {
    table = table(weights);
    for (int k = 0; k < weights.spec().layers(); k++) {
      layers.add(layer(weights, k));
    }
    output = SteppedLayer.linear(weights.get("linear.weight"), weights.get("linear.bias"));
  }

  private static NDArray table(DjlWeights weights) {
    return weights.get(weights.isGathered(0) ? "rnn.weight_ih_l0" : "embedding.weight");
  }

  /**
   * A fused operator where there is one. But the first layer's product with one-hot vectors is
   * gathered, and a fused operator, which multiplies in any case, is then given the identity: a
   * detour that pays on a GPU, where starting an operator costs more than computing it.
   */
  private static RecurrentLayer layer(DjlWeights weights, int k) {
    return weights.isFused(k) ? FusedLayer.of(weights, k) : SteppedLayer.of(weights, k);
  }

  /**
   * What the first layer reads: rows of the embedding, or of W_ih transposed.
   *
   * @param tokens {@code [T, B]}
   * @return {@code [T, B, I]}, of the manager of the tokens
   */
  NDArray read(NDArray tokens) {
    return rows(table, tokens);
  }

  /** The same with these weights. */
  static NDArray read(DjlWeights weights, NDArray tokens) {
    return rows(table(weights), tokens);
  }

  /** Rows of a matrix, by an array of their numbers; of the manager of these. */
  static NDArray rows(NDArray matrix, NDArray numbers) {
    return numbers
        .getNDArrayInternal()
        .embedding(numbers, matrix, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /**
   * Goes through the layers.
   *
   * @param read what the first layer reads, {@code [T, B, I]}
   * @param before for each layer the state before the first time step, each part {@code [1, B, H]}
   * @param masks for each layer what its output is multiplied with, {@code [T, B, H]}, or none
   * @param training whether gradients will be asked for
   * @return arrays of the manager of {@code read}
   */
  Pass forward(NDArray read, List<NDList> before, NDList masks, boolean training) {
    List<NDList> after = new ArrayList<>();
    NDArray output = read;
    for (int k = 0; k < layers.size(); k++) {
      NDList outputAndState = layers.get(k).forward(output, before.get(k), training);
      after.add(outputAndState.subNDList(1));
      output = outputAndState.head();
      if (!masks.isEmpty()) {
        output = output.mul(masks.get(k));
      }
    }
    return new Pass(output, after);
  }

  /**
   * The logits of all tokens.
   *
   * @param hidden what the last layer gave, {@code [N, H]}
   * @return {@code [N, V]}
   */
  NDArray logits(NDArray hidden) {
    return output.apply(hidden);
  }
}
