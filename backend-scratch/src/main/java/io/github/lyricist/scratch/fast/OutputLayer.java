package io.github.lyricist.scratch.fast;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import org.jspecify.annotations.Nullable;

/**
 * {@code logits = W h + b} and the softmax cross-entropy of them, for all positions of a batch: a
 * few rows at a time, so that their logits are still in cache when their gradients are taken.
 */
final class OutputLayer {
  private static final int ROWS_A_TASK = 32;

  private final float[] weight; // W [V, H]
  private final float[] bias; // b [V]
  private final float[] weightGradient;
  private final float[] biasGradient;
  private final int size; // H
  private final int vocabularySize; // V
  private final Kernels kernels;
  private final Products products;
  private final PackedMatrix linearTransposed; // [H, V]
  private final PackedMatrix linear; // [V, H]
  private @Nullable PackedMatrix packedHidden; // [T*B, H]
  private float[] logits = new float[0]; // [T*B, V], then their gradients
  private double[] losses = new double[0]; // [T*B]
  private boolean stale = true;

  OutputLayer(
      FastWeights weights, FastWeights gradients, int size, Kernels kernels, Products products) {
    this.weight = weights.get("linear.weight");
    this.bias = weights.get("linear.bias");
    this.weightGradient = gradients.get("linear.weight");
    this.biasGradient = gradients.get("linear.bias");
    this.size = size;
    this.vocabularySize = weights.vocabularySize();
    this.kernels = kernels;
    this.products = products;
    this.linearTransposed = products.packed(size, vocabularySize);
    this.linear = products.packed(vocabularySize, size);
  }

  void weightsChanged() {
    stale = true;
  }

  private void pack() {
    if (stale) {
      Matrix matrix = Matrix.of(weight, 0, vocabularySize, size);
      products.pack(matrix.transposed(), linearTransposed);
      products.pack(matrix, linear);
      stale = false;
    }
  }

  /**
   * @param hidden {@code [B, H]}
   * @param logits {@code float[B*V]}, written
   */
  void logits(Matrix hidden, float[] logits) {
    pack();
    logits(hidden, logits, 0, products.ofWorker(0));
  }

  private void logits(Matrix hidden, float[] to, int offset, MatrixProduct product) {
    for (int row = 0; row < hidden.rows(); row++) {
      System.arraycopy(bias, 0, to, offset + row * vocabularySize, vocabularySize);
    }
    Matrix result = Matrix.of(to, offset, hidden.rows(), vocabularySize);
    product.multiply(hidden, linearTransposed, result, true);
  }

  /**
   * Total cross-entropy of a batch.
   *
   * @param hidden {@code [T*B, H]}
   */
  double crossEntropy(Batch batch, Matrix hidden) {
    return forEachBlock(
        batch,
        hidden,
        (first, rows, product) -> {
          for (int row = first; row < first + rows; row++) {
            losses[row] =
                kernels.crossEntropy(
                    logits, row * vocabularySize, vocabularySize, batch.targets()[row]);
          }
        });
  }

  /**
   * Total cross-entropy of a batch; leaves the gradients of its mean in the layer's weights.
   *
   * @param hidden {@code [T*B, H]}
   * @param hiddenGradient {@code [T*B, H]}, written
   */
  double learn(Batch batch, Matrix hidden, Matrix hiddenGradient) {
    float scale = 1f / batch.predictions();
    double total =
        forEachBlock(
            batch,
            hidden,
            (first, rows, product) -> {
              int at = first * vocabularySize;
              for (int row = first; row < first + rows; row++) {
                losses[row] =
                    kernels.crossEntropyGradient(
                        logits, row * vocabularySize, vocabularySize, batch.targets()[row], scale);
              }
              product.multiply(
                  Matrix.of(logits, at, rows, vocabularySize),
                  linear,
                  hiddenGradient.rows(first, rows),
                  false);
            });
    Matrix logitsGradient = Matrix.of(logits, 0, batch.predictions(), vocabularySize);
    packedHidden = products.repacked(hidden, packedHidden);
    products.multiply(
        logitsGradient.transposed(),
        packedHidden,
        Matrix.of(weightGradient, 0, vocabularySize, size));
    products.sumRows(logitsGradient, biasGradient);
    return total;
  }

  /** Work on the logits of rows {@code first} to {@code first + rows - 1}. */
  @FunctionalInterface
  private interface BlockTask {
    void run(int first, int rows, MatrixProduct product);
  }

  /** Computes the logits by blocks, runs the task on each, and sums the losses in their order. */
  private double forEachBlock(Batch batch, Matrix hidden, BlockTask task) {
    pack();
    int positions = batch.predictions();
    if (losses.length < positions) {
      losses = new double[positions];
      logits = new float[Math.multiplyExact(positions, vocabularySize)];
    }
    products
        .workers()
        .run(
            (positions + ROWS_A_TASK - 1) / ROWS_A_TASK,
            (number, worker) -> {
              int first = number * ROWS_A_TASK;
              int rows = Math.min(ROWS_A_TASK, positions - first);
              MatrixProduct product = products.ofWorker(worker);
              logits(hidden.rows(first, rows), logits, first * vocabularySize, product);
              task.run(first, rows, product);
            });
    double total = 0;
    for (int position = 0; position < positions; position++) {
      total += losses[position];
    }
    return total;
  }
}
