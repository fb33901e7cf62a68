package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.Matrix;

/**
 * Where the gradients go of what the first layer reads.
 *
 * @param table the sums over the positions of each token: of the embedding's rows, or of one-hot
 *     vectors' weights
 * @param isShared whether the output layer has left its part there already
 * @param input of W_ih behind an embedding, {@code [G*H, E]}; empty for one-hot vectors
 */
record TokenGradients(Scatter table, boolean isShared, Matrix input) {
  static TokenGradients of(FastWeights gradients, Products products) {
    ModelSpec spec = gradients.spec();
    Integer size = spec.embedding();
    return size == null
        ? new TokenGradients(
            scatter(gradients, "rnn.weight_ih_l0", spec.gateRows(), products),
            false,
            Matrix.empty())
        : new TokenGradients(
            scatter(gradients, "embedding.weight", size, products),
            spec.tieWeights(),
            Matrix.of(gradients.get("rnn.weight_ih_l0"), 0, spec.gateRows(), size));
  }

  private static Scatter scatter(FastWeights gradients, String name, int width, Products products) {
    return new Scatter(gradients.get(name), width, products.kernels(), products.workers());
  }
}
