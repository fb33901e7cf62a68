package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.Matrix;

/**
 * Where the gradients of one recurrent layer's parameters go.
 *
 * @param input of W_ih behind another layer, {@code [G*H, H]}; empty for the first layer
 * @param recurrent of W_hh, {@code [G*H, H]}
 * @param biases of b_ih and b_hh
 */
record LayerGradients(Matrix input, Matrix recurrent, BiasGradients biases) {
  static LayerGradients of(int layer, FastWeights gradients, GateBiases biases, Products products) {
    ModelSpec spec = gradients.spec();
    int rows = spec.gateRows();
    int size = spec.hidden();
    return new LayerGradients(
        layer == 0
            ? Matrix.empty()
            : Matrix.of(gradients.get("rnn.weight_ih_l" + layer), 0, rows, size),
        Matrix.of(gradients.get("rnn.weight_hh_l" + layer), 0, rows, size),
        new BiasGradients(
            gradients.get("rnn.bias_ih_l" + layer),
            gradients.get("rnn.bias_hh_l" + layer),
            biases.areSeparate(),
            products));
  }
}
