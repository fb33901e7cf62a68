package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Matrix;
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
  private int batchSize; // B
  private int steps; // T
  private Matrix gradient = Matrix.empty(); // [(T+1)*B, H]
  // views of that, and of what the layer keeps
  private Matrix fromHidden = Matrix.empty(); // [(T+1)*B, G*H]
  private Matrix gradientAfter = Matrix.empty(); // [T*B, H]
  private Matrix hiddenBefore = Matrix.empty(); // [T*B, H]
  private Matrix fromHiddenAfter = Matrix.empty(); // [T*B, G*H]
  private PackedMatrix recurrent; // W_hh [G*H, H], what the tasks read

  BackwardLayer(RecurrentLayer layer, int size, Products products) {
    this.layer = layer;
    this.size = size;
    this.products = products;
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
  Matrix ofSums() {
    return layer.rows().fromInput();
  }

  /** From the gradients in the states to those in the sums of the gates. */
  void throughTime() {
    layer.rows().clearCarriedGradients();
    Arrays.fill(gradient.data(), 0, batchSize * size, 0);
    recurrent = layer.weights().recurrent().backward(products);
    if (batchSize == 1) {
      retreatAlone();
    } else {
      products.workers().run(layer.shares(), retreatShare);
    }
  }

  private void retreatShare(int number, int worker) {
    CellRows rows = layer.rows();
    int first = number * layer.share();
    int count = Math.min(layer.share(), batchSize - first);
    for (int t = steps; t >= 1; t--) {
      int from = rows.at(t, first);
      int to = rows.at(t - 1, first);
      takeCell(from, to, count);
      if (t > 1) {
        products.ofWorker(worker).add(fromHidden, from, recurrent, gradient, to, count);
      }
    }
  }

  /** One sequence, in whose products the threads share out the columns of each time step. */
  private void retreatAlone() {
    for (int t = steps; t >= 1; t--) {
      takeCell(t, t - 1, 1);
      if (t > 1) {
        products.add(fromHidden, t, recurrent, gradient, t - 1);
      }
    }
  }

  private void takeCell(int from, int to, int count) {
    float[] rows = layer.rows().data();
    float[] hidden = layer.hidden().data();
    int width = layer.rows().width();
    CellArithmetic cell = layer.arithmetic();
    for (int b = 0; b < count; b++) {
      int row = from + b;
      int before = to + b;
      cell.backward(
          rows,
          row * width,
          before * width,
          hidden,
          gradient.data(),
          row * size,
          before * size,
          size);
    }
  }

  /** After {@link #throughTime}: leaves the gradients of W_hh and the biases. */
  void weightGradients(LayerGradients gradients) {
    packedBefore = products.repacked(hiddenBefore, packedBefore);
    products.multiply(fromHiddenAfter.transposed(), packedBefore, gradients.recurrent());
    gradients.biases().take(ofSums(), fromHiddenAfter);
  }

  private void reshape() {
    CellRows rows = layer.rows();
    if (rows.fromHidden() == fromHidden) {
      return;
    }
    fromHidden = rows.fromHidden();
    steps = rows.steps();
    batchSize = rows.batchSize();
    int positions = steps * batchSize;
    gradient = gradient.ofShape(positions + batchSize, size);
    gradientAfter = gradient.rows(batchSize, positions);
    hiddenBefore = layer.hidden().rows(0, positions);
    fromHiddenAfter = fromHidden.rows(batchSize, positions);
  }
}
