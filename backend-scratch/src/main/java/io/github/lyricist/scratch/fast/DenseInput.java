package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import org.jspecify.annotations.Nullable;

/** Vectors, as the layer below or an embedding leaves them: all positions in one product. */
final class DenseInput implements LayerInput {
  private final Matrix weight; // W_ih [G*H, M]
  private final Matrix weightGradient;
  private final Products products;
  private final PackedMatrix packedTransposed; // [M, G*H]
  private final PackedMatrix packed; // [G*H, M]
  private @Nullable PackedMatrix packedRead; // [T*B, M]
  private boolean stale = true;
  private Matrix read = Matrix.empty(); // [T*B, M]
  private Matrix readGradient = Matrix.empty();

  /**
   * @param weight the name of {@code W_ih} among the weights
   * @param rows G*H
   * @param columns M, the size of what is read
   */
  DenseInput(
      FastWeights weights,
      FastWeights gradients,
      String weight,
      int rows,
      int columns,
      Products products) {
    this.weight = Matrix.of(weights.get(weight), 0, rows, columns);
    this.weightGradient = Matrix.of(gradients.get(weight), 0, rows, columns);
    this.products = products;
    this.packedTransposed = products.packed(columns, rows);
    this.packed = products.packed(rows, columns);
  }

  /**
   * What is read next.
   *
   * @param x {@code [T*B, M]}
   * @param xGradient {@code [T*B, M]}, written on the way back
   */
  void read(Matrix x, Matrix xGradient) {
    read = x;
    readGradient = xGradient;
  }

  @Override
  public void weightsChanged() {
    stale = true;
  }

  @Override
  public void sums(Matrix sums, float[] bias) {
    if (stale) {
      products.pack(weight.transposed(), packedTransposed);
      products.pack(weight, packed);
      stale = false;
    }
    products.multiply(read, packedTransposed, sums, bias);
  }

  @Override
  public void backward(Matrix gradient) {
    packedRead = products.repacked(read, packedRead);
    products.multiply(gradient.transposed(), packedRead, weightGradient);
    products.multiply(gradient, packed, readGradient);
  }
}
