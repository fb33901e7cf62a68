package io.github.lyricist.scratch.reference;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;

/**
 * A recurrent cell, one time step of one sequence: its formulas forward, and by the chain rule
 * backward. The code names vectors as the formulas do: {@code wx} is {@code W_ih x + b_ih}, {@code
 * wh} is {@code W_hh h + b_hh}, {@code dz} is {@code dL/dz}, the gradient of the loss in z; {@code
 * next} stands for the prime of h'. A vector is {@code double[H]}; where the G gates stand in one,
 * {@code double[G*H]}, gate g has elements g*H to (g+1)*H − 1.
 */
interface RecurrentCell {

  /**
   * A time step, as the way back needs it.
   *
   * @param before the state before it
   * @param gates {@code double[][H]}: the cell's G gates in the order of {@link Cell#gates}, then
   *     what else it wants to keep
   * @param after the state after it
   */
  record TimeStep(LayerState before, double[][] gates, LayerState after) {}

  /**
   * What a time step passes back.
   *
   * @param wx the gradient in {@code W_ih x + b_ih}, {@code double[G*H]}
   * @param before the gradient in the state before
   */
  record Gradient(double[] wx, LayerState before) {}

  /**
   * One time step.
   *
   * @param wx {@code W_ih x + b_ih}, {@code double[G*H]}
   */
  TimeStep forward(double[] wx, LayerState before);

  /**
   * The same, backward.
   *
   * @param after the gradient in the state after
   * @param gradients those of the cell's own weights are added to them
   */
  Gradient backward(TimeStep step, LayerState after, Weights gradients);

  /** Makes the cells of a network. */
  @FunctionalInterface
  interface Factory {
    /**
     * The cell of one layer.
     *
     * @param layer k, from 0
     * @param weights where the cell finds its own, by the names of {@link Cell#parameters}
     */
    RecurrentCell create(Cell cell, int layer, Weights weights, Precision precision);
  }

  /** A {@link Factory} of the project's own cells. */
  static RecurrentCell of(Cell cell, int layer, Weights weights, Precision precision) {
    return switch (cell.name()) {
      case "rnn" -> new RnnCell(recurrent(layer, weights, precision), precision);
      case "gru" -> new GruCell(recurrent(layer, weights, precision), precision);
      case "lstm" -> new LstmCell(recurrent(layer, weights, precision), precision);
      default ->
          throw InvalidInputException.ofKey(
              "model.cell",
              "the engine reference has no cell '" + cell.name() + "'",
              "choose one of: rnn, gru, lstm");
    };
  }

  private static Linear recurrent(int layer, Weights weights, Precision precision) {
    return new Linear(weights, "rnn.weight_hh_l" + layer, "rnn.bias_hh_l" + layer, precision);
  }

  /** The logistic function, {@code σ(x) = 1 / (1 + exp(−x))}; its slope is {@code σ ⊙ (1 − σ)}. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** One vector of several gates' vectors. */
  static double[] stacked(double[]... blocks) {
    int size = blocks[0].length;
    double[] vector = new double[blocks.length * size];
    for (int g = 0; g < blocks.length; g++) {
      System.arraycopy(blocks[g], 0, vector, g * size, size);
    }
    return vector;
  }
}
