package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.Kernels;

/** How tokens reach the first layer: as one-hot vectors, or through an embedding. */
interface TokenInput {
  /** The first layer's input side. */
  LayerInput input();

  /** What is read next, {@code int[T*B]}. */
  void read(int[] ids);

  /** Leaves what gradient the input side itself does not. */
  void backward();

  static TokenInput of(
      FastWeights weights, FastWeights gradients, Kernels kernels, Products products) {
    ModelSpec spec = weights.spec();
    Integer size = spec.embedding();
    if (size == null) {
      return new OneHotInput(weights, gradients, kernels, products.workers());
    }
    int rows = spec.cell().gates() * spec.hidden();
    return new Embedding(
        weights,
        gradients,
        size,
        new DenseInput(weights, gradients, "rnn.weight_ih_l0", rows, size, products),
        kernels,
        products.workers());
  }
}
