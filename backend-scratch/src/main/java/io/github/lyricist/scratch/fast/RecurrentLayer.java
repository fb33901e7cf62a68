package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Trace;
import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * One recurrent layer over all time steps of a batch. What does not wait for the time step before
 * is done for all positions at once; the rest goes step by step, and since the sequences of a batch
 * are independent, each thread takes some of them through all time steps without waiting for the
 * others. Buffers have a block for each time step and one for the state before the first.
 */
final class RecurrentLayer {
  private final Cell cell;
  private final int number; // k
  private final int size; // H
  private final LayerWeights weights;
  private final CellArithmetic arithmetic;
  private final LayerInput input;
  private final Products products;
  private final Workers.Task advanceShare = this::advanceShare;
  private final CellRows rows;
  private Matrix hidden = Matrix.empty(); // [(T+1)*B, H]
  private Matrix hiddenAfter = Matrix.empty(); // [T*B, H], a view
  // what the tasks read
  private PackedMatrix recurrent; // W_hhᵀ [H, G*H]
  private float[] inputBias; // [G*H]

  RecurrentLayer(int number, NetworkWeights weights, LayerInput input, Products products) {
    this.cell = weights.spec().cell();
    this.number = number;
    this.size = weights.spec().hidden();
    this.weights = weights.layer(number);
    this.arithmetic = weights.kernels().cell(cell);
    this.input = input;
    this.products = products;
    this.rows = new CellRows(cell, arithmetic, size);
    this.recurrent = this.weights.recurrent().forward(products);
    this.inputBias = this.weights.biases().ofInput();
  }

  /** Takes all positions forward, from this state; the input has been told what to read. */
  void forward(int steps, HiddenState state) {
    recurrent = weights.recurrent().forward(products);
    inputBias = weights.biases().ofInput();
    reshape(steps, state.batchSize());
    rows.take(state, number);
    copyHidden(state.hidden(), number * rows.batchSize(), hidden.data(), 0);
    input.sums(rows.fromInput(), inputBias);
    if (rows.batchSize() == 1) {
      advanceAlone();
    } else {
      products.workers().run(shares(), advanceShare);
    }
  }

  /** How many parts the sequences are shared out in: one for each thread. */
  int shares() {
    return (rows.batchSize() + share() - 1) / share();
  }

  /** How many sequences a part has, the last one perhaps fewer. */
  int share() {
    int threads = products.workers().threads();
    return (rows.batchSize() + threads - 1) / threads;
  }

  private void advanceShare(int number, int worker) {
    int first = number * share();
    int count = Math.min(share(), rows.batchSize() - first);
    for (int t = 1; t <= rows.steps(); t++) {
      int from = rows.at(t - 1, first);
      int to = rows.at(t, first);
      takeInput(from, to, count);
      products.ofWorker(worker).add(hidden, from, recurrent, rows.fromHidden(), to, count);
      takeCell(from, to, count);
    }
  }

  /** One sequence, in whose products the threads share out the columns of each time step. */
  private void advanceAlone() {
    for (int t = 1; t <= rows.steps(); t++) {
      takeInput(t - 1, t, 1);
      products.add(hidden, t - 1, recurrent, rows.fromHidden(), t);
      takeCell(t - 1, t, 1);
    }
  }

  /**
   * Rows {@code to} on get what they begin with; their time step's inputs have the numbers before.
   */
  private void takeInput(int from, int to, int count) {
    for (int b = 0; b < count; b++) {
      input.gather(from + b, rows.data(), (to + b) * rows.width(), inputBias);
      rows.beginFromHidden(to + b, weights.biases().ofRecurrence());
    }
  }

  private void takeCell(int from, int to, int count) {
    // Row by row: what stands at the end of a row is computed apart from whole vectors, and must
    // not depend on which rows this thread happens to have.
    int width = rows.width();
    for (int b = 0; b < count; b++) {
      int row = to + b;
      int before = from + b;
      arithmetic.forward(
          rows.data(), row * width, before * width, hidden.data(), row * size, before * size, size);
    }
  }

  LayerWeights weights() {
    return weights;
  }

  CellArithmetic arithmetic() {
    return arithmetic;
  }

  /** What the cell works on, and keeps for the way back. */
  CellRows rows() {
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
    if (rows.reshape(steps, batchSize)) {
      int positions = steps * batchSize;
      hidden = hidden.ofShape(positions + batchSize, size);
      hiddenAfter = hidden.rows(batchSize, positions);
    }
  }

  /** Leaves the state after the last time step; the way back takes it away. */
  void leaveState(HiddenState state) {
    rows.leave(state, number);
    int last = rows.at(rows.steps(), 0);
    copyHidden(hidden.data(), last, state.hidden(), number * rows.batchSize());
  }

  private void copyHidden(float[] from, int fromRow, float[] to, int toRow) {
    System.arraycopy(from, fromRow * size, to, toRow * size, rows.batchSize() * size);
  }

  /** Tells the states and gates after each time step of {@link #forward}. */
  void trace(Trace trace) {
    int begin = rows.batchSize() * size;
    float[] states = Arrays.copyOfRange(hidden.data(), begin, begin + hiddenAfter.rows() * size);
    trace.put(Trace.state(number, HiddenState.HIDDEN), states);
    for (int i = 0; i < rows.carriedStates().size(); i++) {
      trace.put(Trace.state(number, rows.carriedStates().get(i)), rows.carried(i));
    }
    for (int g = 0; g < cell.gates().size(); g++) {
      float[] gate = arithmetic.keepsGates() ? rows.gate(g) : states;
      trace.put(Trace.gate(number, cell.gates().get(g)), gate);
    }
  }
}
