package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Cell;

/**
 * A recurrent cell, one time step of one sequence: its formulas forward, and by the chain rule
 * backward.
 */
interface RecurrentCell {

  /**
   * A time step, as the way back needs it.
   *
   * @param before the state before it
   * @param gates what the cell computed on the way, as its own documentation says
   * @param after the state after it
   */
  record TimeStep(LayerState before, double[] gates, LayerState after) {}

  /**
   * What a time step passes back.
   *
   * @param fromInput the gradient in {@code W_ih x + b_ih}, {@code double[G*H]}
   * @param before the gradient in the state before
   */
  record Gradient(double[] fromInput, LayerState before) {}

  /**
   * One time step.
   *
   * @param fromInput {@code W_ih x + b_ih}, {@code double[G*H]}
   */
  TimeStep forward(double[] fromInput, LayerState before);

  /**
   * The same, backward; adds to the gradients of the recurrent weights.
   *
   * @param after the gradient in the state after
   */
  Gradient backward(TimeStep step, LayerState after);

  /** The cell of one kind, with {@code W_hh} and {@code b_hh} as {@code recurrent}. */
  static RecurrentCell of(Cell kind, Linear recurrent, Precision precision) {
    return switch (kind) {
      case RNN -> new RnnCell(recurrent, precision);
      case GRU -> new GruCell(recurrent, precision);
      case LSTM -> new LstmCell(recurrent, precision);
    };
  }

  /** The logistic function σ. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
