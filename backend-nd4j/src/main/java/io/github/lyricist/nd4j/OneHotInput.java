package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One-hot vectors: {@code W_ih x} is the token's column of W_ih. */
final class OneHotInput implements TokenInput {
  private final LayerWeights weights;

  OneHotInput(LayerWeights weights) {
    this.weights = weights;
  }

  @Override
  public void forward(int[] ids, Series[] sums) {
    for (int g = 0; g < sums.length; g++) {
      Tokens.gather(weights.input()[g], ids, sums[g].whole());
    }
  }

  @Override
  public void backward(int[] ids, BackwardPass backward, NdWeights gradients) {
    for (int g = 0; g < backward.gates.length; g++) {
      INDArray gradient = gradients.layer(0).input()[g].assign(0);
      Tokens.scatterAdd(backward.gates[g].whole(), ids, gradient);
    }
  }
}
