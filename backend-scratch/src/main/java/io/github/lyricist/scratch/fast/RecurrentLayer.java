package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Trace;
import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.MatrixProduct;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.List;

/**
 * One recurrent layer over all time steps of a batch. What does not wait for the time step before
 * is done for all positions at once; the rest goes step by step, and since the sequences of a batch
 * are independent, each thread takes some of them through all time steps without waiting for the
 * others. Buffers have a block for each time step and one for the state before the first.
 */
final class RecurrentLayer {
  private final ModelSpec spec;
  private final int number; // k
  private final int size; // H
  private final int sumsWidth; // G*H
  private final LayerWeights weights;
  private final CellArithmetic cell;
  private final List<String> carriedStates; // beside the hidden one
  private final int[] carriedAt; // where those stand in a row, in times H floats
  private final LayerInput input;
  private final Products products;
  private final Workers.Task advanceShare = this::advanceShare;
  private int batchSize; // B
  private int steps; // T
  private Matrix rows = Matrix.empty(); // [(T+1)*B, cell.width()*H]
  private Matrix hidden = Matrix.empty(); // [(T+1)*B, H]
  private Matrix recurrentSums = Matrix.empty(); // [(T+1)*B, G*H], a view
  private Matrix sumsAfter = Matrix.empty(); // [T*B, G*H], a view
  private Matrix hiddenAfter = Matrix.empty(); // [T*B, H], a view
  // what the tasks read
  private PackedMatrix recurrent; // W_hhᵀ [H, G*H]
  private float[] inputBias; // [G*H]

  RecurrentLayer(int number, NetworkWeights weights, LayerInput input, Products products) {
    this.spec = weights.spec();
    this.number = number;
    this.size = spec.hidden();
    this.sumsWidth = spec.gateRows();
    this.weights = weights.layer(number);
    this.cell = weights.kernels().cell(spec.cell());
    this.carriedStates = spec.cell().states().subList(1, spec.cell().states().size());
    this.carriedAt = cell.carried();
    this.input = input;
    this.products = products;
    this.recurrent = this.weights.recurrent().forward(products);
    this.inputBias = this.weights.biases().ofInput();
  }

  /** Takes all positions forward, from this state; the input has been told what to read. */
  void forward(int steps, HiddenState state) {
    recurrent = weights.recurrent().forward(products);
    inputBias = weights.biases().ofInput();
    reshape(steps, state.batchSize());
    takeState(state);
    input.sums(sumsAfter, inputBias);
    products.workers().run(shares(), advanceShare);
  }

  /** How many parts the sequences are shared out in: one for each thread. */
  int shares() {
    return (batchSize + share() - 1) / share();
  }

  /** How many sequences a part has, the last one perhaps fewer. */
  int share() {
    int threads = products.workers().threads();
    return (batchSize + threads - 1) / threads;
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
      input.gather(at(t - 1, b), data, row, inputBias);
      if (separate) {
        float[] bias = weights.biases().ofRecurrence();
        System.arraycopy(bias, 0, data, row + cell.recurrentSums() * size, sumsWidth);
      }
    }
    product.add(hidden, at(t - 1, first), recurrent, recurrentSums, at(t, first), count);
    // Row by row: what stands at the end of a row is computed apart from whole vectors, and must
    // not depend on which rows this thread happens to have.
    for (int b = first; b < first + count; b++) {
      int before = at(t - 1, b);
      int to = at(t, b);
      cell.forward(
          data, to * rowWidth, before * rowWidth, hidden.data(), to * size, before * size, size);
    }
  }

  /** The row of a sequence in a block. */
  int at(int block, int sequence) {
    return block * batchSize + sequence;
  }

  int batchSize() {
    return batchSize;
  }

  int steps() {
    return steps;
  }

  LayerWeights weights() {
    return weights;
  }

  CellArithmetic cell() {
    return cell;
  }

  /** What the cell keeps of each position, {@code [(T+1)*B, width*H]}. */
  Matrix rows() {
    return rows;
  }

  /** The hidden state before the first time step and after each, {@code [(T+1)*B, H]}. */
  Matrix hidden() {
    return hidden;
  }

  /** The hidden state after each time step, {@code [T*B, H]}. */
  Matrix hiddenAfter() {
    return hiddenAfter;
  }

  private void reshape(int steps, int batchSize) {
    if (steps == this.steps && batchSize == this.batchSize) {
      return;
    }
    this.steps = steps;
    this.batchSize = batchSize;
    int positions = Math.multiplyExact(steps, batchSize);
    rows = rows.ofShape(positions + batchSize, cell.width() * size);
    hidden = hidden.ofShape(positions + batchSize, size);
    recurrentSums = sums(cell.recurrentSums());
    sumsAfter = sums(0).rows(batchSize, positions);
    hiddenAfter = hidden.rows(batchSize, positions);
  }

  /** G·H columns of all rows, from {@code part}·H on. */
  Matrix sums(int part) {
    return new Matrix(rows.data(), part * size, rows.rows(), sumsWidth, rows.columns(), 1);
  }

  private void takeState(HiddenState state) {
    int from = number * batchSize * size;
    System.arraycopy(state.hidden(), from, hidden.data(), 0, batchSize * size);
    for (int i = 0; i < carriedAt.length; i++) {
      float[] carried = state.get(carriedStates.get(i));
      for (int b = 0; b < batchSize; b++) {
        System.arraycopy(carried, from + b * size, rows.data(), carriedAt(i, 0, b), size);
      }
    }
  }

  /** Leaves the state after the last time step; the way back takes it away. */
  void leaveState(HiddenState state) {
    int to = number * batchSize * size;
    System.arraycopy(hidden.data(), at(steps, 0) * size, state.hidden(), to, batchSize * size);
    for (int i = 0; i < carriedAt.length; i++) {
      float[] carried = state.get(carriedStates.get(i));
      for (int b = 0; b < batchSize; b++) {
        System.arraycopy(rows.data(), carriedAt(i, steps, b), carried, to + b * size, size);
      }
    }
  }

  private int carriedAt(int state, int block, int sequence) {
    return (at(block, sequence) * cell.width() + carriedAt[state]) * size;
  }

  /** Tells the states and gates after each time step of {@link #forward}. */
  void trace(Trace trace) {
    float[] hiddenStates = columns(hidden, 0);
    trace.put(Trace.state(number, HiddenState.HIDDEN), hiddenStates);
    for (int i = 0; i < carriedAt.length; i++) {
      trace.put(Trace.state(number, carriedStates.get(i)), columns(rows, carriedAt[i]));
    }
    List<String> gates = spec.cell().gates();
    for (int g = 0; g < gates.size(); g++) {
      trace.put(
          Trace.gate(number, gates.get(g)), cell.keepsGates() ? columns(rows, g) : hiddenStates);
    }
  }

  /** A copy of H columns after each time step, from {@code part}·H on: {@code float[T*B*H]}. */
  private float[] columns(Matrix from, int part) {
    float[] values = new float[steps * batchSize * size];
    for (int position = 0; position < steps * batchSize; position++) {
      int row = (position + batchSize) * from.columns() + part * size;
      System.arraycopy(from.data(), row, values, position * size, size);
    }
    return values;
  }
}
