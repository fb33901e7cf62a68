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
  private final GateBiases biases;
  private final Matrix recurrent; // W_hh [G*H, H]
  private final Matrix recurrentGradient;
  private final PackedMatrix packedTransposed; // [H, G*H]
  private final PackedMatrix packed; // [G*H, H]
  private @Nullable PackedMatrix packedBefore; // [T*B, H]
  private boolean stale = true;
  private int batchSize; // B
  private int steps; // T
  private float[] rows = new float[0]; // [T+1, B, cell.width()*H]
  private float[] hidden = new float[0]; // [T+1, B, H]
  private float[] gradient = new float[0]; // [T+1, B, H]

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
    this.biases = new GateBiases(number, cell, weights, gradients, kernels, products);
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
    this.steps = steps;
    this.batchSize = state.batchSize();
    takeState(state);
    input.sums(sums(0), biases.ofInput());
    products.forEachShareOf(
        batchSize,
        (first, count, product) -> {
          for (int t = 1; t <= steps; t++) {
            advance(t, first, count, product);
          }
        });
  }

  /** Takes sequences {@code first} to {@code first + count - 1} through the step of block t. */
  private void advance(int t, int first, int count, MatrixProduct product) {
    int rowWidth = cell.width() * size;
    boolean separate = cell.recurrentSums() > 0;
    for (int b = first; b < first + count; b++) {
      int row = at(t, b) * rowWidth;
      input.gather(at(t - 1, b), rows, row, biases.ofInput());
      if (separate) {
        float[] bias = biases.ofRecurrence();
        System.arraycopy(bias, 0, rows, row + cell.recurrentSums() * size, sumsWidth);
      }
    }
    product.multiply(
        Matrix.of(hidden, at(t - 1, first) * size, count, size),
        packedTransposed,
        block(t, first, count, cell.recurrentSums()),
        true);
    // Row by row: what stands at the end of a row is computed apart from whole vectors, and must
    // not depend on which rows this thread happens to have.
    for (int b = first; b < first + count; b++) {
      int before = at(t - 1, b);
      int to = at(t, b);
      cell.forward(rows, to * rowWidth, before * rowWidth, hidden, to * size, before * size, size);
    }
  }

  /**
   * Backpropagation through time. The gradient from above stands in {@link #gradientAfter}; the
   * gradients of the weights, and what the input passes on, are written.
   */
  void backward() {
    int rowWidth = cell.width() * size;
    if (isLstm) { // nothing comes from later than the last step
      for (int b = 0; b < batchSize; b++) {
        int at = at(steps, b) * rowWidth + cell.cellState() * size;
        Arrays.fill(rows, at, at + size, 0);
      }
    }
    Arrays.fill(gradient, 0, batchSize * size, 0);
    products.forEachShareOf(
        batchSize,
        (first, count, product) -> {
          for (int t = steps; t >= 1; t--) {
            retreat(t, first, count, product);
          }
        });
    Matrix fromHidden = sums(cell.recurrentSums());
    packedBefore = products.repacked(Matrix.of(hidden, 0, steps * batchSize, size), packedBefore);
    products.multiply(fromHidden.transposed(), packedBefore, recurrentGradient);
    biases.backward(sums(0), fromHidden);
    input.backward(sums(0));
  }

  private void retreat(int t, int first, int count, MatrixProduct product) {
    int rowWidth = cell.width() * size;
    for (int b = first; b < first + count; b++) {
      int before = at(t - 1, b);
      int to = at(t, b);
      cell.backward(
          rows, to * rowWidth, before * rowWidth, hidden, gradient, to * size, before * size, size);
    }
    if (t > 1) {
      product.multiply(
          block(t, first, count, cell.recurrentSums()),
          packed,
          Matrix.of(gradient, at(t - 1, first) * size, count, size),
          true);
    }
  }

  private int at(int block, int sequence) {
    return block * batchSize + sequence;
  }

  /** The sums of some sequences at one step, {@code [count, G*H]}, from {@code part}·H on. */
  private Matrix block(int t, int first, int count, int part) {
    int rowWidth = cell.width() * size;
    return new Matrix(rows, at(t, first) * rowWidth + part * size, count, sumsWidth, rowWidth, 1);
  }

  /** The sums of all positions, {@code [T*B, G*H]}. */
  private Matrix sums(int part) {
    return block(1, 0, steps * batchSize, part);
  }

  /** The hidden state after each time step, {@code [T*B, H]}. */
  Matrix hiddenAfter() {
    return Matrix.of(hidden, batchSize * size, steps * batchSize, size);
  }

  /** The gradient in {@link #hiddenAfter}. */
  Matrix gradientAfter() {
    return Matrix.of(gradient, batchSize * size, steps * batchSize, size);
  }

  private void takeState(HiddenState state) {
    int blocks = (steps + 1) * batchSize;
    if (hidden.length < blocks * size) {
      hidden = new float[blocks * size];
      gradient = new float[blocks * size];
      rows = new float[Math.multiplyExact(blocks * size, cell.width())];
    }
    int from = number * batchSize * size;
    System.arraycopy(state.hidden(), from, hidden, 0, batchSize * size);
    if (state.cell() != null) {
      for (int b = 0; b < batchSize; b++) {
        int to = (b * cell.width() + cell.cellState()) * size;
        System.arraycopy(state.cell(), from + b * size, rows, to, size);
      }
    }
  }

  /** Leaves the state after the last time step; {@link #backward} takes it away. */
  void leaveState(HiddenState state) {
    int to = number * batchSize * size;
    System.arraycopy(hidden, at(steps, 0) * size, state.hidden(), to, batchSize * size);
    if (state.cell() != null) {
      for (int b = 0; b < batchSize; b++) {
        int from = (at(steps, b) * cell.width() + cell.cellState()) * size;
        System.arraycopy(rows, from, state.cell(), to + b * size, size);
      }
    }
  }
}
