package io.github.lyricist.scratch.fast;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * The simple recurrent cell over all time steps of a batch: {@code h' = tanh(W_ih x + b_ih + W_hh h
 * + b_hh)}. {@link io.github.lyricist.scratch.reference.RnnCell} is the same, one sequence at a
 * time. The sequences of a batch are independent, so each thread takes some of them through all
 * time steps without waiting for the others.
 */
final class RnnSequence {
  private static final int COLUMNS_A_TASK = 64;

  private final FastWeights weights;
  private final FastWeights gradients;
  private final int size; // H
  private final Kernels kernels;
  private final Products products;
  private final PackedMatrix recurrentTransposed; // W_hh transposed, [H, H]
  private final PackedMatrix recurrent; // W_hh, [H, H]
  private final float[] bias; // b_ih + b_hh, [H]
  private boolean stale = true;

  RnnSequence(
      FastWeights weights, FastWeights gradients, int size, Kernels kernels, Products products) {
    this.weights = weights;
    this.gradients = gradients;
    this.size = size;
    this.kernels = kernels;
    this.products = products;
    this.recurrentTransposed = products.packed(size, size);
    this.recurrent = products.packed(size, size);
    this.bias = new float[size];
  }

  void weightsChanged() {
    stale = true;
  }

  private void pack() {
    if (stale) {
      Matrix matrix = Matrix.of(weights.recurrent, 0, size, size);
      products.pack(matrix.transposed(), recurrentTransposed);
      products.pack(matrix, recurrent);
      kernels.sum(bias, 0, weights.inputBias, 0, weights.recurrentBias, 0, size);
      stale = false;
    }
  }

  /**
   * @param hidden {@code float[(T+1)*B*H]}: the state before the first time step is read, those
   *     after each are written
   */
  void forward(Batch batch, float[] hidden) {
    pack();
    forEachShareOfSequences(
        batch.batchSize(),
        (first, count, product) -> {
          for (int t = 0; t < batch.steps(); t++) {
            int row = t * batch.batchSize() + first;
            advance(
                batch.inputs(), row, row, hidden, row + batch.batchSize(), hidden, count, product);
          }
        });
  }

  /** One time step of B sequences; {@code hidden} is {@code float[B*H]}. */
  void advance(int[] ids, float[] hidden) {
    pack();
    float[] next = new float[hidden.length];
    advance(ids, 0, 0, hidden, 0, next, ids.length, products.ofWorker(0));
    System.arraycopy(next, 0, hidden, 0, hidden.length);
  }

  private void advance(
      int[] ids,
      int idRow,
      int fromRow,
      float[] from,
      int toRow,
      float[] to,
      int count,
      MatrixProduct product) {
    for (int i = 0; i < count; i++) {
      kernels.sum(to, (toRow + i) * size, weights.input, ids[idRow + i] * size, bias, 0, size);
    }
    product.multiply(
        Matrix.of(from, fromRow * size, count, size),
        recurrentTransposed,
        Matrix.of(to, toRow * size, count, size),
        true);
    // Row by row: what stands at the end of a row is computed apart from whole vectors, and must
    // not
    // depend on which rows this thread happens to have.
    for (int i = 0; i < count; i++) {
      kernels.tanh(to, (toRow + i) * size, size);
    }
  }

  /**
   * Backpropagation through time. Leaves the gradients of the input weights, the recurrent weights
   * and the biases.
   *
   * @param hidden {@code float[(T+1)*B*H]}, as forward left it
   * @param hiddenGradient {@code float[T*B*H]}: the gradient in each hidden state from the output
   *     layer; overwritten with the gradient in what tanh is taken of
   */
  void backward(Batch batch, float[] hidden, float[] hiddenGradient) {
    int batchSize = batch.batchSize();
    forEachShareOfSequences(
        batchSize,
        (first, count, product) -> {
          for (int t = batch.steps() - 1; t >= 0; t--) {
            int at = (t * batchSize + first) * size;
            for (int i = 0; i < count; i++) {
              int row = at + i * size;
              kernels.timesTanhDerivative(
                  hiddenGradient, row, hidden, row + batchSize * size, size);
            }
            if (t > 0) {
              product.multiply(
                  Matrix.of(hiddenGradient, at, count, size),
                  recurrent,
                  Matrix.of(hiddenGradient, at - batchSize * size, count, size),
                  true);
            }
          }
        });
    Matrix sumGradient = Matrix.of(hiddenGradient, 0, batch.predictions(), size);
    PackedMatrix before = products.packed(batch.predictions(), size);
    products.pack(Matrix.of(hidden, 0, batch.predictions(), size), before);
    products.multiply(
        sumGradient.transposed(), before, Matrix.of(gradients.recurrent, 0, size, size));
    products.sumRows(sumGradient, gradients.inputBias);
    System.arraycopy(gradients.inputBias, 0, gradients.recurrentBias, 0, size);
    scatter(batch.inputs(), hiddenGradient);
  }

  /** The gradient of a gather: each position's row is added to that of its token. */
  private void scatter(int[] ids, float[] sumGradient) {
    products
        .workers()
        .run(
            (size + COLUMNS_A_TASK - 1) / COLUMNS_A_TASK,
            (task, worker) -> {
              int from = task * COLUMNS_A_TASK;
              int count = Math.min(COLUMNS_A_TASK, size - from);
              for (int id = 0; id < weights.vocabularySize(); id++) {
                int at = id * size + from;
                Arrays.fill(gradients.input, at, at + count, 0);
              }
              for (int row = 0; row < ids.length; row++) {
                kernels.add(
                    gradients.input, ids[row] * size + from, sumGradient, row * size + from, count);
              }
            });
  }

  /** Work on sequences {@code first} to {@code first + count - 1} of a batch. */
  @FunctionalInterface
  private interface SequencesTask {
    void run(int first, int count, MatrixProduct product);
  }

  private void forEachShareOfSequences(int batchSize, SequencesTask task) {
    int share = (batchSize + products.workers().threads() - 1) / products.workers().threads();
    products
        .workers()
        .run(
            (batchSize + share - 1) / share,
            (number, worker) -> {
              int first = number * share;
              int count = Math.min(share, batchSize - first);
              task.run(first, count, products.ofWorker(worker));
            });
  }
}
