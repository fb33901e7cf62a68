package io.github.lyricist.scratch.fast;

import org.jspecify.annotations.Nullable;

/**
 * What one recurrent layer computes with.
 *
 * @param input W_ih {@code [G*H, M]}; null where the layer reads one-hot vectors, whose weights are
 *     gathered
 * @param recurrent W_hh {@code [G*H, H]}
 * @param biases b_ih and b_hh
 */
record LayerWeights(@Nullable DenseWeights input, DenseWeights recurrent, GateBiases biases) {
  void changed() {
    if (input != null) {
      input.changed();
    }
    recurrent.changed();
    biases.changed();
  }
}
