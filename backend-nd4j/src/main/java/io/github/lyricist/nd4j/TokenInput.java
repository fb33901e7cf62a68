package io.github.lyricist.nd4j;

/** The input side of the first layer: from token ids to {@code W_ih x}. */
interface TokenInput {
  /**
   * {@code sums[g] ← W_ih[g] x} for each gate g.
   *
   * @param ids {@code int[T*B]}
   * @param sums G of {@code [H, T*B]}, written
   */
  void forward(int[] ids, Series[] sums);

  /**
   * The same, backward.
   *
   * @param ids as forward got them
   * @param backward holds the gradients in {@code W_ih x}
   * @param gradients those of W_ih, and of an embedding, are written
   */
  void backward(int[] ids, BackwardPass backward, NdWeights gradients);

  static TokenInput of(NdWeights weights, BatchShape shape, NativeArrays owned) {
    return weights.spec().embedding() == null
        ? new OneHotInput(weights.layer(0))
        : new EmbeddedInput(weights, shape, owned);
  }
}
