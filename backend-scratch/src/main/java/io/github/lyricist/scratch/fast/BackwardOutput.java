package io.github.lyricist.scratch.fast;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import org.jspecify.annotations.Nullable;

/** The way back through an {@link OutputLayer}. */
final class BackwardOutput {
  private final OutputLayer output;
  private final DenseWeights weights; // W [V, H]
  private final Matrix weightGradient; // [V, H]
  private final float[] biasGradient; // [V]
  private final Products products;
  private final ColumnSums columnSums;
  private final Workers.Task takeBlock = this::takeBlock;
  private @Nullable PackedMatrix packedHidden; // [T*B, H]
  // what the tasks read
  private PackedMatrix linear; // W [V, H]
  private Matrix hiddenGradient = Matrix.empty(); // [T*B, H]
  private float scale;

  BackwardOutput(
      OutputLayer output, NetworkWeights weights, FastWeights gradients, Products products) {
    this.output = output;
    this.weights = weights.linear();
    this.weightGradient =
        Matrix.of(
            gradients.get("linear.weight"), 0, weights.vocabularySize(), weights.spec().hidden());
    this.biasGradient = gradients.get("linear.bias");
    this.products = products;
    this.columnSums = new ColumnSums(products.kernels(), products.workers());
    this.linear = products.packed(0, 0);
  }

  /**
   * Total cross-entropy of a batch; leaves the gradients of it, divided by {@code predictions}, in
   * the layer's weights.
   *
   * @param hidden {@code [T*B, H]}
   * @param hiddenGradient {@code [T*B, H]}, written
   */
  double learn(Batch batch, Matrix hidden, Matrix hiddenGradient, long predictions) {
    this.hiddenGradient = hiddenGradient;
    scale = 1f / predictions;
    linear = weights.backward(products);
    double total = output.forEachBlock(batch, hidden, takeBlock);
    packedHidden = products.repacked(hidden, packedHidden);
    products.multiply(output.logits().transposed(), packedHidden, weightGradient);
    columnSums.sum(output.logits(), biasGradient);
    return total;
  }

  private void takeBlock(int block, int worker) {
    output.takeGradients(block, worker, scale);
    int first = output.first(block);
    products
        .ofWorker(worker)
        .multiply(output.logits(), first, linear, hiddenGradient, first, output.rows(block));
  }
}
