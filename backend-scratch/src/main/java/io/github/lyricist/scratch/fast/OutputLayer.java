package io.github.lyricist.scratch.fast;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import org.jspecify.annotations.Nullable;

/**
 * {@code logits = W h + b} and the softmax cross-entropy of them, for all positions of a batch: a
 * few rows at a time, so that their logits are still in cache when their gradients are taken.
 */
final class OutputLayer {
  private static final int ROWS_A_TASK = 32;

  private final Matrix weight; // W [V, H]
  private final float[] bias; // b [V]
  private final Matrix weightGradient; // [V, H]
  private final float[] biasGradient;
  private final int vocabularySize; // V
  private final Kernels kernels;
  private final Products products;
  private final PackedMatrix linearTransposed; // [H, V]
  private final PackedMatrix linear; // [V, H]
  private @Nullable PackedMatrix packedHidden; // [T*B, H]
  private final ColumnSums columnSums;
  private final Workers.Task takeLosses = this::takeLosses;
  private final Workers.Task takeGradients = this::takeGradients;
  private Matrix hidden = Matrix.empty(); // [T*B, H], what is read
  private Matrix hiddenGradient = Matrix.empty(); // [T*B, H]
  private int[] targets = {}; // [T*B]
  private Matrix logits = Matrix.empty(); // [T*B, V], then their gradients
  private double[] losses = new double[0]; // [T*B]
  private boolean stale = true;

  OutputLayer(
      FastWeights weights, FastWeights gradients, int size, Kernels kernels, Products products) {
    this.vocabularySize = weights.vocabularySize();
    this.weight = Matrix.of(weights.get("linear.weight"), 0, vocabularySize, size);
    this.bias = weights.get("linear.bias");
    this.weightGradient = Matrix.of(gradients.get("linear.weight"), 0, vocabularySize, size);
    this.biasGradient = gradients.get("linear.bias");
    this.kernels = kernels;
    this.products = products;
    this.columnSums = new ColumnSums(kernels, products.workers());
    this.linearTransposed = products.packed(size, vocabularySize);
    this.linear = products.packed(vocabularySize, size);
  }

  void weightsChanged() {
    stale = true;
  }

  private void pack() {
    if (stale) {
      products.pack(weight.transposed(), linearTransposed);
      products.pack(weight, linear);
      stale = false;
    }
  }

  /**
   * @param hidden {@code [B, H]}
   * @param result {@code float[B*V]}, written
   */
  void logits(Matrix hidden, float[] result) {
    this.hidden = hidden;
    pack();
    logits = logits.ofShape(hidden.rows(), vocabularySize);
    takeLogits(0, hidden.rows(), 0);
    System.arraycopy(logits.data(), 0, result, 0, hidden.rows() * vocabularySize);
  }

  private void takeLogits(int first, int rows, int worker) {
    products.ofWorker(worker).multiply(hidden, first, linearTransposed, bias, logits, first, rows);
  }

  /**
   * Total cross-entropy of a batch.
   *
   * @param hidden {@code [T*B, H]}
   */
  double crossEntropy(Batch batch, Matrix hidden) {
    return forEachBlock(batch, hidden, takeLosses);
  }

  private void takeLosses(int number, int worker) {
    int first = number * ROWS_A_TASK;
    int rows = Math.min(ROWS_A_TASK, hidden.rows() - first);
    takeLogits(first, rows, worker);
    for (int row = first; row < first + rows; row++) {
      losses[row] =
          kernels.crossEntropy(logits.data(), row * vocabularySize, vocabularySize, targets[row]);
    }
  }

  /**
   * Total cross-entropy of a batch; leaves the gradients of its mean in the layer's weights.
   *
   * @param hidden {@code [T*B, H]}
   * @param hiddenGradient {@code [T*B, H]}, written
   */
  double learn(Batch batch, Matrix hidden, Matrix hiddenGradient) {
    this.hiddenGradient = hiddenGradient;
    double total = forEachBlock(batch, hidden, takeGradients);
    packedHidden = products.repacked(hidden, packedHidden);
    products.multiply(logits.transposed(), packedHidden, weightGradient);
    columnSums.sum(logits, biasGradient);
    return total;
  }

  private void takeGradients(int number, int worker) {
    int first = number * ROWS_A_TASK;
    int rows = Math.min(ROWS_A_TASK, hidden.rows() - first);
    takeLogits(first, rows, worker);
    float scale = 1f / hidden.rows();
    for (int row = first; row < first + rows; row++) {
      losses[row] =
          kernels.crossEntropyGradient(
              logits.data(), row * vocabularySize, vocabularySize, targets[row], scale);
    }
    products.ofWorker(worker).multiply(logits, first, linear, hiddenGradient, first, rows);
  }

  /** Works on the logits by blocks, and sums the losses in their order. */
  private double forEachBlock(Batch batch, Matrix hidden, Workers.Task task) {
    this.hidden = hidden;
    this.targets = batch.targets();
    pack();
    int positions = hidden.rows();
    logits = logits.ofShape(positions, vocabularySize);
    if (losses.length < positions) {
      losses = new double[positions];
    }
    products.workers().run((positions + ROWS_A_TASK - 1) / ROWS_A_TASK, task);
    double total = 0;
    for (int position = 0; position < positions; position++) {
      total += losses[position];
    }
    return total;
  }
}
