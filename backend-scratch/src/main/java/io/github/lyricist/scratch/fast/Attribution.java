package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.training.DropoutMasks;
import java.util.Arrays;

/** The way back from chosen logits to what was read, without the gradients of any weights. */
final class Attribution {
  private Attribution() {}

  /**
   * Gradient times input at each position.
   *
   * @param ids {@code int[T*B]}
   * @param state advances
   * @param tokens {@code int[B]}, whose logits after the last time step are explained
   * @return {@code float[T*B]}
   */
  static float[] of(
      NetworkWeights weights, Products products, int[] ids, HiddenState state, int[] tokens) {
    FastNetwork network = new FastNetwork(weights, products);
    network.forward(ids, state, DropoutMasks.NONE);
    int size = weights.spec().hidden();
    int last = weights.spec().layers() - 1;
    BackwardLayer layer = new BackwardLayer(network.layer(last), size, products);
    takeRows(weights.linear().toArray(), tokens, layer.gradientAfter());
    layer.throughTime();
    for (int k = last; k > 0; k--) {
      BackwardLayer below = new BackwardLayer(network.layer(k - 1), size, products);
      network.input(k).readGradient(layer.ofSums(), below.gradientAfter());
      below.throughTime();
      layer = below;
    }
    return network.tokens().attribution(layer.ofSums());
  }

  /** The gradient of the logits in the hidden states: rows of W, at the last time step alone. */
  private static void takeRows(float[] linear, int[] tokens, Matrix gradient) {
    int size = gradient.columns();
    int from = gradient.offset();
    int at = from + (gradient.rows() - tokens.length) * size;
    Arrays.fill(gradient.data(), from, at, 0);
    for (int b = 0; b < tokens.length; b++) {
      System.arraycopy(linear, tokens[b] * size, gradient.data(), at + b * size, size);
    }
  }
}
