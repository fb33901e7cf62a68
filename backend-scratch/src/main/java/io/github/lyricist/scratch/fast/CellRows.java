package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * What a layer's cell works on: a row of {@code width·H} floats for each sequence and time step,
 * and for the state before the first. A training step writes each row three times, in one place, so
 * that it is still in cache: {@linkplain #fromInput the sums} that the gates are taken of; then, in
 * place of those, {@linkplain #gate the gates} and {@linkplain #carried the carried states}; then,
 * in place of the gates, the gradients in the sums, which lie as those did.
 */
final class CellRows {
  private final CellArithmetic arithmetic;
  private final int size; // H
  private final int sumsWidth; // G*H
  private final List<String> carried; // the states beside the hidden one
  private final int[] carriedAt; // where those stand in a row, in times H floats
  private int batchSize; // B
  private int steps; // T
  private Matrix rows = Matrix.empty(); // [(T+1)*B, width*H]
  private Matrix fromInput = Matrix.empty(); // [T*B, G*H], a view
  private Matrix fromHidden = Matrix.empty(); // [(T+1)*B, G*H], a view

  CellRows(Cell cell, CellArithmetic arithmetic, int size) {
    this.arithmetic = arithmetic;
    this.size = size;
    this.sumsWidth = cell.gates().size() * size;
    this.carried = cell.states().subList(1, cell.states().size());
    this.carriedAt = arithmetic.carried();
  }

  /** Makes room for T time steps of B sequences; false where there was just that. */
  boolean reshape(int steps, int batchSize) {
    if (steps == this.steps && batchSize == this.batchSize) {
      return false;
    }
    this.steps = steps;
    this.batchSize = batchSize;
    int positions = Math.multiplyExact(steps, batchSize);
    rows = rows.ofShape(positions + batchSize, arithmetic.width() * size);
    fromInput = sums(0).rows(batchSize, positions);
    fromHidden = sums(arithmetic.recurrentSums());
    return true;
  }

  private Matrix sums(int part) {
    return new Matrix(rows.data(), part * size, rows.rows(), sumsWidth, rows.columns(), 1);
  }

  int batchSize() {
    return batchSize;
  }

  int steps() {
    return steps;
  }

  /** The number of the row of a sequence in a block: 0 before the first time step, t after t. */
  int at(int block, int sequence) {
    return block * batchSize + sequence;
  }

  /** How many floats a row has. */
  int width() {
    return rows.columns();
  }

  float[] data() {
    return rows.data();
  }

  /** {@code W_ih x + b} of each time step, or the gradient in that, {@code [T*B, G*H]}. */
  Matrix fromInput() {
    return fromInput;
  }

  /**
   * What {@code W_hh h} is added to in each block, or the gradient in that, {@code [(T+1)*B, G*H]}:
   * the sums from the input themselves where the cell does not need the two apart.
   */
  Matrix fromHidden() {
    return fromHidden;
  }

  /** Begins a row's sums from the hidden state with a bias, where those stand apart. */
  void beginFromHidden(int row, float[] bias) {
    if (arithmetic.recurrentSums() > 0) {
      int at = row * width() + arithmetic.recurrentSums() * size;
      System.arraycopy(bias, 0, rows.data(), at, sumsWidth);
    }
  }

  /** Takes the carried states of layer k into the rows before the first time step. */
  void take(HiddenState state, int k) {
    for (int i = 0; i < carriedAt.length; i++) {
      float[] values = state.get(carried.get(i));
      for (int b = 0; b < batchSize; b++) {
        int from = (k * batchSize + b) * size;
        System.arraycopy(values, from, rows.data(), carriedAt(i, 0, b), size);
      }
    }
  }

  /** Leaves the carried states of layer k after the last time step. */
  void leave(HiddenState state, int k) {
    for (int i = 0; i < carriedAt.length; i++) {
      float[] values = state.get(carried.get(i));
      for (int b = 0; b < batchSize; b++) {
        int to = (k * batchSize + b) * size;
        System.arraycopy(rows.data(), carriedAt(i, steps, b), values, to, size);
      }
    }
  }

  /** Before the way back: no gradient comes from later than the last time step. */
  void clearCarriedGradients() {
    for (int i = 0; i < carriedAt.length; i++) {
      for (int b = 0; b < batchSize; b++) {
        int at = carriedAt(i, steps, b);
        Arrays.fill(rows.data(), at, at + size, 0);
      }
    }
  }

  private int carriedAt(int state, int block, int sequence) {
    return (at(block, sequence) * arithmetic.width() + carriedAt[state]) * size;
  }

  /** The names of the states beside the hidden one. */
  List<String> carriedStates() {
    return carried;
  }

  /** A copy of a carried state after each time step, {@code float[T*B*H]}. */
  float[] carried(int state) {
    return columns(carriedAt[state]);
  }

  /** A copy of a gate at each time step, {@code float[T*B*H]}; not of a cell that keeps none. */
  float[] gate(int gate) {
    return columns(gate);
  }

  private float[] columns(int part) {
    float[] values = new float[steps * batchSize * size];
    for (int position = 0; position < steps * batchSize; position++) {
      int from = (position + batchSize) * width() + part * size;
      System.arraycopy(rows.data(), from, values, position * size, size);
    }
    return values;
  }
}
