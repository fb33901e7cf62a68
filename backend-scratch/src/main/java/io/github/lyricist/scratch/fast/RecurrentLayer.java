package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer over all time steps of a batch. What does not wait for the time step before
 * is done for all positions at once; the rest goes step by step, and since the sequences of a batch
 * are independent, each thread takes some of them through all time steps without waiting for the
 * others. Buffers have a block for each time step and one for the state before the first.
 */
final class RecurrentLayer {
  private final int number; // k
  private final int size; // H
  private final int sumsWidth; // G*H
  private final boolean isLstm;
  private final CellArithmetic cell;
  private final LayerInput input;
  private final Products products;
  private final Workers workers;
  private final Workers.Task advanceShare = this::advanceShare;
  private final Workers.Task retreatShare = this::retreatShare;
  private final GateBiases biases;
  private final Matrix recurrent; // W_hh [G*H, H]
  private final Matrix recurrentGradient;
  private final PackedMatrix packedTransposed; // [H, G*H]
  private final PackedMatrix packed; // [G*H, H]
  private @Nullable PackedMatrix packedBefore; // [T*B, H]
  private boolean stale = true;
  private int batchSize; // B
  private int steps; // T
  private Matrix rows = Matrix.empty(); // [(T+1)*B, cell.width()*H]
  private Matrix hidden = Matrix.empty(); // [(T+1)*B, H]
  private Matrix gradient = Matrix.empty(); // [(T+1)*B, H]
  // views of those
  private Matrix recurrentSums = Matrix.empty(); // [(T+1)*B, G*H]
  private Matrix sumsAfter = Matrix.empty(); // [T*B, G*H]
  private Matrix recurrentSumsAfter = Matrix.empty(); // [T*B, G*H]
  private Matrix hiddenBefore = Matrix.empty(); // [T*B, H]
  private Matrix hiddenAfter = Matrix.empty(); // [T*B, H]
  private Matrix gradientAfter = Matrix.empty(); // [T*B, H]

  RecurrentLayer(
      int number,
      FastWeights weights,
      FastWeights gradients,
      LayerInput input,
      Kernels kernels,
      Products products) {
    ModelSpec spec = weights.spec();
    this.number = number;
    this.size = spec.hidden();
    this.sumsWidth = spec.cell().gates() * size;
    this.isLstm = spec.cell() == Cell.LSTM;
    this.cell = kernels.cell(spec.cell());
    this.input = input;
    this.products = products;
    this.workers = products.workers();
    this.biases = new GateBiases(number, cell, weights, gradients, kernels, workers);
    String name = "rnn.weight_hh_l" + number;
    this.recurrent = Matrix.of(weights.get(name), 0, sumsWidth, size);
    this.recurrentGradient = Matrix.of(gradients.get(name), 0, sumsWidth, size);
    this.packedTransposed = products.packed(size, sumsWidth);
    this.packed = products.packed(sumsWidth, size);
  }

  void weightsChanged() {
    stale = true;
    input.weightsChanged();
  }

  private void pack() {
    if (stale) {
      products.pack(recurrent.transposed(), packedTransposed);
      products.pack(recurrent, packed);
      biases.add();
      stale = false;
    }
  }

  /** Takes all positions forward, from this state; the input has been told what to read. */
  void forward(int steps, HiddenState state) {
    pack();
    reshape(steps, state.batchSize());
    takeState(state);
    input.sums(sumsAfter, biases.ofInput());
    workers.run(shares(), advanceShare);
  }

  /** How many parts the sequences are shared out in: one a thread. */
  private int shares() {
    return (batchSize + share() - 1) / share();
  }

  private int share() {
    return (batchSize + workers.threads() - 1) / workers.threads();
  }

  private void advanceShare(int number, int worker) {
    int first = number * share();
    int count = Math.min(share(), batchSize - first);
    for (int t = 1; t <= steps; t++) {
      advance(t, first, count, products.ofWorker(worker));
    }
  }

  /** Takes sequences {@code first} to {@code first + count - 1} through the step of block t. */
  private void advance(int t, int first, int count, MatrixProduct product) {
    float[] data = rows.data();
    int rowWidth = rows.columns();
    boolean separate = cell.recurrentSums() > 0;
    for (int b = first; b < first + count; b++) {
      int row = at(t, b) * rowWidth;
      input.gather(at(t - 1, b), data, row, biases.ofInput());
      if (separate) {
        float[] bias = biases.ofRecurrence();
        System.arraycopy(bias, 0, data, row + cell.recurrentSums() * size, sumsWidth);
      }
    }
    product.add(hidden, at(t - 1, first), packedTransposed, recurrentSums, at(t, first), count);
    // Row by row: what stands at the end of a row is computed apart from whole vectors, and must
    // not depend on which rows this thread happens to have.
    for (int b = first; b < first + count; b++) {
      int before = at(t - 1, b);
      int to = at(t, b);
      cell.forward(
          data, to * rowWidth, before * rowWidth, hidden.data(), to * size, before * size, size);
    }
  }

  /**
   * Backpropagation through time. The gradient from above stands in {@link #gradientAfter}; the
   * gradients of the weights, and what the input passes on, are written.
   */
  void backward() {
    if (isLstm) { // nothing comes from later than the last step
      for (int b = 0; b < batchSize; b++) {
        int at = at(steps, b) * rows.columns() + cell.cellState() * size;
        Arrays.fill(rows.data(), at, at + size, 0);
      }
    }
    Arrays.fill(gradient.data(), 0, batchSize * size, 0);
    workers.run(shares(), retreatShare);
    packedBefore = products.repacked(hiddenBefore, packedBefore);
    products.multiply(recurrentSumsAfter.transposed(), packedBefore, recurrentGradient);
    biases.backward(sumsAfter, recurrentSumsAfter);
    input.backward(sumsAfter);
  }

  private void retreatShare(int number, int worker) {
    int first = number * share();
    int count = Math.min(share(), batchSize - first);
    for (int t = steps; t >= 1; t--) {
      retreat(t, first, count, products.ofWorker(worker));
    }
  }

  private void retreat(int t, int first, int count, MatrixProduct product) {
    int rowWidth = rows.columns();
    for (int b = first; b < first + count; b++) {
      int before = at(t - 1, b);
      int to = at(t, b);
      cell.backward(
          rows.data(),
          to * rowWidth,
          before * rowWidth,
          hidden.data(),
          gradient.data(),
          to * size,
          before * size,
          size);
    }
    if (t > 1) {
      product.add(recurrentSums, at(t, first), packed, gradient, at(t - 1, first), count);
    }
  }

  private int at(int block, int sequence) {
    return block * batchSize + sequence;
  }

  /** The hidden state after each time step, {@code [T*B, H]}. */
  Matrix hiddenAfter() {
    return hiddenAfter;
  }

  /** The gradient in {@link #hiddenAfter}. */
  Matrix gradientAfter() {
    return gradientAfter;
  }

  private void reshape(int steps, int batchSize) {
    if (steps == this.steps && batchSize == this.batchSize) {
      return;
    }
    this.steps = steps;
    this.batchSize = batchSize;
    int positions = steps * batchSize;
    rows = rows.ofShape(positions + batchSize, cell.width() * size);
    hidden = hidden.ofShape(positions + batchSize, size);
    gradient = gradient.ofShape(positions + batchSize, size);
    recurrentSums = sums(cell.recurrentSums());
    recurrentSumsAfter = recurrentSums.rows(batchSize, positions);
    sumsAfter = sums(0).rows(batchSize, positions);
    hiddenBefore = hidden.rows(0, positions);
    hiddenAfter = hidden.rows(batchSize, positions);
    gradientAfter = gradient.rows(batchSize, positions);
  }

  /** G·H columns of all rows, from {@code part}·H on. */
  private Matrix sums(int part) {
    return new Matrix(rows.data(), part * size, rows.rows(), sumsWidth, rows.columns(), 1);
  }

  private void takeState(HiddenState state) {
    int from = number * batchSize * size;
    System.arraycopy(state.hidden(), from, hidden.data(), 0, batchSize * size);
    if (state.cell() != null) {
      for (int b = 0; b < batchSize; b++) {
        int to = (b * cell.width() + cell.cellState()) * size;
        System.arraycopy(state.cell(), from + b * size, rows.data(), to, size);
      }
    }
  }

  /** Leaves the state after the last time step; {@link #backward} takes it away. */
  void leaveState(HiddenState state) {
    int to = number * batchSize * size;
    System.arraycopy(hidden.data(), at(steps, 0) * size, state.hidden(), to, batchSize * size);
    if (state.cell() != null) {
      for (int b = 0; b < batchSize; b++) {
        int from = (at(steps, b) * cell.width() + cell.cellState()) * size;
        System.arraycopy(rows.data(), from, state.cell(), to + b * size, size);
      }
    }
  }
}
