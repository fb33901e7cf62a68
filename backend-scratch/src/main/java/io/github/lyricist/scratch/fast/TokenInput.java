package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;

/** How tokens reach the first layer: as one-hot vectors, or through an embedding. */
interface TokenInput {
  /** The first layer's input side. */
  LayerInput input();

  /** What is read next, {@code int[T*B]}. */
  void read(int[] ids);

  /**
   * On the way back: leaves the gradients of the first layer's input weights, and of an embedding.
   *
   * @param gradient that in the sums, {@code [T*B, G*H]}
   */
  void weightGradients(Matrix gradient, TokenGradients gradients);

  /**
   * On the way back: at each position the gradient in what is read times what is read, summed over
   * the vector.
   *
   * @param gradient that in the sums, {@code [T*B, G*H]}
   * @return {@code float[T*B]}
   */
  float[] attribution(Matrix gradient);

  static TokenInput of(NetworkWeights weights, Products products) {
    DenseWeights input = weights.layer(0).input();
    return input == null
        ? new OneHotInput(weights)
        : new Embedding(weights.table(), weights.vocabularySize(), new DenseInput(input, products));
  }
}
