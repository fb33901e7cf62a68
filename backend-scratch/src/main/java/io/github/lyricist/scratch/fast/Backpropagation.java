package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a model's parameters: the way forward and back through a {@link FastNetwork}.
 */
final class Backpropagation {
  private final FastNetwork network;
  private final FastWeights gradients;
  private final BackwardOutput output;
  private final List<BackwardLayer> layers = new ArrayList<>(); // L
  private final List<LayerGradients> layerGradients = new ArrayList<>(); // L
  private final TokenGradients tokenGradients;

  Backpropagation(NetworkWeights weights, Products products) {
    ModelSpec spec = weights.spec();
    this.network = new FastNetwork(weights, products);
    this.gradients = FastWeights.zero(spec, weights.vocabularySize());
    this.output = new BackwardOutput(network.output(), weights, gradients, products);
    for (int k = 0; k < spec.layers(); k++) {
      layers.add(new BackwardLayer(network.layer(k), spec.hidden(), products));
      layerGradients.add(LayerGradients.of(k, gradients, weights.layer(k).biases(), products));
    }
    this.tokenGradients = TokenGradients.of(gradients, products);
  }

  /** What {@link #learn} computed last. */
  FastWeights gradients() {
    return gradients;
  }

  /**
   * Total cross-entropy of a batch; leaves the gradient of it, divided by {@code predictions}; the
   * state advances.
   */
  double learn(Batch batch, DropoutMasks dropout, HiddenState state, long predictions) {
    Matrix top = network.forward(batch.inputs(), state, dropout);
    int last = layers.size() - 1;
    double total = output.learn(batch, top, layers.get(last).gradientAfter(), predictions);
    for (int k = last; k >= 0; k--) {
      BackwardLayer layer = layers.get(k);
      LayerGradients ofLayer = layerGradients.get(k);
      network.dropped(k).backward(layer.gradientAfter());
      layer.throughTime();
      layer.weightGradients(ofLayer);
      if (k > 0) {
        network.input(k).weightGradient(layer.ofSums(), ofLayer.input());
        network.input(k).readGradient(layer.ofSums(), layers.get(k - 1).gradientAfter());
      } else {
        network.tokens().weightGradients(layer.ofSums(), tokenGradients);
      }
    }
    return total;
  }
}
