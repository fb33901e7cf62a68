package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A learned embedding (Bengio et al., 2003): x is the token's row of {@code embedding.weight}. */
final class EmbeddedInput implements TokenInput {
  private final LayerWeights weights;
  private final INDArray embedding; // [E, V]
  private final INDArray x; // [E, T*B]; on the way back the gradient in it

  EmbeddedInput(NdWeights weights, BatchShape shape, NativeArrays owned) {
    this.weights = weights.layer(0);
    this.embedding = weights.embedding();
    this.x = owned.matrix(embedding.rows(), shape.positions());
  }

  @Override
  public void forward(int[] ids, Series[] sums) {
    Tokens.gather(embedding, ids, x);
    weights.multiplyInput(x, sums);
  }

  @Override
  public void backward(int[] ids, BackwardPass backward, NdWeights gradients) {
    backward.inputGradients(x, gradients.layer(0));
    backward.intoInput(weights, x);
    INDArray gradient = gradients.embedding();
    if (!gradients.spec().tieWeights()) {
      gradient.assign(0);
    } // else the output layer's part of it is there
    Tokens.scatterAdd(x, ids, gradient);
  }
}
