package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way back through a {@link RecurrentLayer}: backpropagation through time over exactly the
 * steps that it went forward. What the layer kept of them is replaced by the gradients in its sums.
 */
final class BackwardLayer {
  private final RecurrentLayer layer;
  private final int size; // H
  private final Products products;
  private final Workers.Task retreatShare = this::retreatShare;
  private @Nullable PackedMatrix packedBefore; // [T*B, H]
  private final int[] carried; // where states beside the hidden one stand in a row
  private int batchSize; // B
  private int steps; // T
  private Matrix rows = Matrix.empty(); // [(T+1)*B, width*H], the layer's
  private Matrix gradient = Matrix.empty(); // [(T+1)*B, H]
  // views of that, and of what the layer keeps
  private Matrix gradientAfter = Matrix.empty(); // [T*B, H]
  private Matrix sumsAfter = Matrix.empty(); // [T*B, G*H]
  private Matrix recurrentSums = Matrix.empty(); // [(T+1)*B, G*H]
  private Matrix recurrentSumsAfter = Matrix.empty(); // [T*B, G*H]
  private Matrix hiddenBefore = Matrix.empty(); // [T*B, H]
  private PackedMatrix recurrent; // W_hh [G*H, H], what the tasks read

  BackwardLayer(RecurrentLayer layer, int size, Products products) {
    this.layer = layer;
    this.size = size;
    this.products = products;
    this.carried = layer.cell().carried();
    this.recurrent = products.packed(0, 0);
  }

  /**
   * The gradient in the hidden state after each time step, {@code [T*B, H]}: to be written before
   * {@link #throughTime}, by what reads the layer.
   */
  Matrix gradientAfter() {
    reshape();
    return gradientAfter;
  }

  /** The gradient in the sums from the input, {@code [T*B, G*H]}, after {@link #throughTime}. */
  Matrix sumsAfter() {
    return sumsAfter;
  }

  /** From the gradients in the states to those in the sums of the gates. */
  void throughTime() {
    for (int part : carried) { // nothing comes from later than the last step
      for (int b = 0; b < batchSize; b++) {
        int at = layer.at(steps, b) * rows.columns() + part * size;
        Arrays.fill(rows.data(), at, at + size, 0);
      }
    }
    Arrays.fill(gradient.data(), 0, batchSize * size, 0);
    recurrent = layer.weights().recurrent().backward(products);
    products.workers().run(layer.shares(), retreatShare);
  }

  private void retreatShare(int number, int worker) {
    int first = number * layer.share();
    int count = Math.min(layer.share(), batchSize - first);
    for (int t = steps; t >= 1; t--) {
      retreat(t, first, count, products.ofWorker(worker));
    }
  }

  private void retreat(int t, int first, int count, MatrixProduct product) {
    int rowWidth = rows.columns();
    for (int b = first; b < first + count; b++) {
      int before = layer.at(t - 1, b);
      int to = layer.at(t, b);
      layer
          .cell()
          .backward(
              rows.data(),
              to * rowWidth,
              before * rowWidth,
              layer.hidden().data(),
              gradient.data(),
              to * size,
              before * size,
              size);
    }
    if (t > 1) {
      product.add(
          recurrentSums, layer.at(t, first), recurrent, gradient, layer.at(t - 1, first), count);
    }
  }

  /** After {@link #throughTime}: leaves the gradients of W_hh and the biases. */
  void weightGradients(LayerGradients gradients) {
    packedBefore = products.repacked(hiddenBefore, packedBefore);
    products.multiply(recurrentSumsAfter.transposed(), packedBefore, gradients.recurrent());
    gradients.biases().take(sumsAfter, recurrentSumsAfter);
  }

  private void reshape() {
    if (layer.rows() == rows && layer.steps() == steps && layer.batchSize() == batchSize) {
      return;
    }
    rows = layer.rows();
    steps = layer.steps();
    batchSize = layer.batchSize();
    int positions = steps * batchSize;
    gradient = gradient.ofShape(positions + batchSize, size);
    gradientAfter = gradient.rows(batchSize, positions);
    sumsAfter = layer.sums(0).rows(batchSize, positions);
    recurrentSums = layer.sums(layer.cell().recurrentSums());
    recurrentSumsAfter = recurrentSums.rows(batchSize, positions);
    hiddenBefore = layer.hidden().rows(0, positions);
  }
}
