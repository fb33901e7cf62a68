package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import org.jspecify.annotations.Nullable;

/** Vectors, as the layer below or an embedding leaves them: all positions in one product. */
final class DenseInput implements LayerInput {
  private final DenseWeights weights; // W_ih [G*H, M]
  private final Products products;
  private @Nullable PackedMatrix packedRead; // [T*B, M]
  private Matrix read = Matrix.empty(); // [T*B, M]

  DenseInput(DenseWeights weights, Products products) {
    this.weights = weights;
    this.products = products;
  }

  /**
   * What is read next.
   *
   * @param x {@code [T*B, M]}
   */
  void read(Matrix x) {
    read = x;
  }

  @Override
  public void sums(Matrix sums, float[] bias) {
    products.multiply(read, weights.forward(products), sums, bias);
  }

  /**
   * On the way back: the gradient in W_ih.
   *
   * @param gradient that in the sums, {@code [T*B, G*H]}
   * @param weightGradient {@code [G*H, M]}, written
   */
  void weightGradient(Matrix gradient, Matrix weightGradient) {
    packedRead = products.repacked(read, packedRead);
    products.multiply(gradient.transposed(), packedRead, weightGradient);
  }

  /**
   * On the way back: the gradient in what was read.
   *
   * @param gradient that in the sums, {@code [T*B, G*H]}
   * @param readGradient {@code [T*B, M]}, written
   */
  void readGradient(Matrix gradient, Matrix readGradient) {
    products.multiply(gradient, weights.backward(products), readGradient);
  }
}
