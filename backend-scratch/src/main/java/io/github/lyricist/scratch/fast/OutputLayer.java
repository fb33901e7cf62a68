package io.github.lyricist.scratch.fast;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;

/**
 * {@code logits = W h + b} and the softmax cross-entropy of them, for all positions of a batch: a
 * few rows at a time, so that their logits are still in cache when they are looked at.
 */
final class OutputLayer {
  // Logits that stay in cache, and how many rows make a product worth its while.
  private static final int LOGITS_PER_TASK = 1 << 17;
  private static final int FEWEST_ROWS = 32;
  private static final int MOST_ROWS = 128;

  private final DenseWeights weights; // W [V, H]
  private final float[] bias; // b [V]
  private final int vocabularySize; // V
  private final Kernels kernels;
  private final Products products;
  private final Workers.Task takeLosses = this::takeLosses;
  private PackedMatrix linear; // Wᵀ [H, V]
  private Matrix hidden = Matrix.empty(); // [T*B, H], what is read
  private int[] targets = {}; // [T*B]
  private Matrix logits = Matrix.empty(); // [T*B, V]
  private int rowsPerTask = 1;
  private double[] losses = new double[0]; // [T*B]

  OutputLayer(NetworkWeights weights, Products products) {
    this.weights = weights.linear();
    this.bias = weights.linearBias();
    this.vocabularySize = weights.vocabularySize();
    this.kernels = weights.kernels();
    this.products = products;
    this.linear = this.weights.forward(products);
  }

  /**
   * @param hidden {@code [B, H]}
   * @param result {@code float[B*V]}, written
   */
  void logits(Matrix hidden, float[] result) {
    read(hidden);
    products.multiply(hidden, linear, logits, bias);
    System.arraycopy(logits.data(), 0, result, 0, hidden.rows() * vocabularySize);
  }

  private void read(Matrix hidden) {
    this.hidden = hidden;
    linear = weights.forward(products);
    logits = logits.ofShape(hidden.rows(), vocabularySize);
  }

  private void takeLogits(int first, int rows, int worker) {
    products.ofWorker(worker).multiply(hidden, first, linear, bias, logits, first, rows);
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
    int first = first(number);
    int rows = rows(number);
    takeLogits(first, rows, worker);
    for (int row = first; row < first + rows; row++) {
      losses[row] =
          kernels.crossEntropy(logits.data(), row * vocabularySize, vocabularySize, targets[row]);
    }
  }

  /** The first row of a block. */
  int first(int block) {
    return block * rowsPerTask;
  }

  /** How many rows a block has. */
  int rows(int block) {
    return Math.min(rowsPerTask, hidden.rows() - first(block));
  }

  /**
   * Takes the logits of a block and their losses, and leaves in place of the logits the gradients
   * of the loss in them, times {@code scale}.
   */
  void takeGradients(int block, int worker, float scale) {
    int first = first(block);
    int rows = rows(block);
    takeLogits(first, rows, worker);
    for (int row = first; row < first + rows; row++) {
      losses[row] =
          kernels.crossEntropyGradient(
              logits.data(), row * vocabularySize, vocabularySize, targets[row], scale);
    }
  }

  /** What was read, {@code [T*B, H]}. */
  Matrix hidden() {
    return hidden;
  }

  /** The logits {@code [T*B, V]}, or what {@link #takeGradients} left in their place. */
  Matrix logits() {
    return logits;
  }

  /**
   * Works on a batch by blocks of rows, each of which leaves its losses.
   *
   * @return the losses' sum, in their order
   */
  double forEachBlock(Batch batch, Matrix hidden, Workers.Task task) {
    read(hidden);
    targets = batch.targets();
    int positions = hidden.rows();
    if (losses.length < positions) {
      losses = new double[positions];
    }
    int most = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, LOGITS_PER_TASK / vocabularySize));
    rowsPerTask = products.rowsPerTask(positions, most);
    products.workers().run((positions + rowsPerTask - 1) / rowsPerTask, task);
    double total = 0;
    for (int position = 0; position < positions; position++) {
      total += losses[position];
    }
    return total;
  }
}
