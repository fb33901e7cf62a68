package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;

/** The input side of the first layer: from a token id to {@code W_ih x + b_ih}. */
interface TokenInput {
  /** {@code double[G*H]} for one token. */
  double[] forward(int id);

  /** Adds to the gradients, given the gradient {@code double[G*H]} in what forward returned. */
  void backward(int id, double[] gradient);

  static TokenInput of(
      ModelSpec spec, Weights weights, Weights gradients, int vocabularySize, Precision precision) {
    return spec.embedding() == null
        ? new OneHotInput(weights, gradients, vocabularySize)
        : new EmbeddedInput(weights, gradients, spec.embedding(), precision);
  }
}
