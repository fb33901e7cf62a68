package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;

/** The input side of the first layer: from a token id to {@code W_ih x + b_ih}. */
interface TokenInput {
  /** {@code W_ih x + b_ih} of one token, {@code double[G*H]}. */
  double[] forward(int id);

  /**
   * The same, backward.
   *
   * @param dwx the gradient in what forward returned, {@code double[G*H]}
   * @param gradients those of the weights of this side are added to them
   */
  void backward(int id, double[] dwx, Weights gradients);

  /**
   * The gradient in x, times x, summed over the vector.
   *
   * @param dwx the gradient in what forward returned, {@code double[G*H]}
   */
  double gradientTimesInput(int id, double[] dwx);

  static TokenInput of(ModelSpec spec, Weights weights, Precision precision) {
    return spec.embedding() == null
        ? new OneHotInput(weights)
        : new EmbeddedInput(weights, spec.embedding(), precision);
  }
}
