package io.github.lyricist.nd4j;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One layer's cell over all time steps of batches of one shape. All that does not wait for the step
 * before is done for all positions at once. Each gate is a matrix of its own, so that its part of a
 * time step is contiguous: ND4J takes several times as long where it is not.
 */
abstract class RecurrentSequence {
  final LayerWeights weights;
  final int steps; // T
  final States[] states; // by the names of Cell.states
  final States hidden; // the first of them
  final Series[] gates; // G of [H, T*B], by the names of Cell.gates: of W_ih x they are made
  private final INDArray onesForPositions; // [1, T*B]
  private final INDArray onesForBatch; // [1, B]

  /** What makes a layer's sequence. */
  interface Factory {
    /**
     * Makes it.
     *
     * @param size H
     * @param learns whether there is a way back, for which more is kept of each time step
     */
    RecurrentSequence create(
        LayerWeights weights, int size, BatchShape shape, boolean learns, NativeArrays owned);
  }

  RecurrentSequence(
      LayerWeights weights, BatchShape shape, States[] states, Series[] gates, NativeArrays owned) {
    this.weights = weights;
    this.steps = shape.steps();
    this.states = states;
    this.hidden = states[0];
    this.gates = gates;
    this.onesForPositions = owned.ones(1, shape.positions());
    this.onesForBatch = Series.columns(onesForPositions, 0, shape.batchSize());
  }

  /**
   * What makes sequences of this cell.
   *
   * @throws InvalidInputException if this engine doesn't have the cell
   */
  static Factory of(Cell cell) {
    return switch (cell.name()) {
      case "rnn" -> RnnSequence::new;
      case "gru" -> GruSequence::new;
      case "lstm" -> LstmSequence::new;
      default ->
          throw InvalidInputException.ofKey(
              "model.cell",
              "the engine %s has no cell '%s'".formatted(NdBackendProvider.NAME, cell.name()),
              "choose one of: rnn, gru, lstm");
    };
  }

  static States[] states(int count, int size, BatchShape shape, NativeArrays owned) {
    return Stream.generate(() -> new States(size, shape, owned))
        .limit(count)
        .toArray(States[]::new);
  }

  static Series[] gates(int count, int size, BatchShape shape, NativeArrays owned) {
    return Stream.generate(() -> owned.series(size, shape)).limit(count).toArray(Series[]::new);
  }

  /** From {@code W_ih x} in {@link #gates} to the states after each time step. */
  abstract void forward();

  /**
   * Backpropagation through time (Werbos, 1990). What forward left is used up.
   *
   * @param backward holds dL/dh' of each position from the layer above; left with the gradients in
   *     what each gate's nonlinearity is taken of, {@link BackwardPass#gates}
   */
  abstract void backward(BackwardPass backward);

  /**
   * What the way back of gate g has for {@code W_hh h + b_hh} alone, where that is not simply added
   * to {@code W_ih x + b_ih}: the gradients in it, {@code [H, T*B]}.
   */
  Optional<Series> apartFromInput(int g) {
    return Optional.empty();
  }

  /**
   * After {@link #backward}: the gradients of W_hh, b_ih and b_hh.
   *
   * @param gradients written
   */
  final void weightGradients(BackwardPass backward, LayerWeights gradients) {
    INDArray before = hidden.before.whole();
    for (int g = 0; g < gates.length; g++) {
      INDArray inputBias = gradients.inputBias()[g];
      INDArray recurrentBias = gradients.recurrentBias()[g];
      INDArray fromInput = backward.gates[g].whole();
      INDArray fromHidden = apartFromInput(g).map(Series::whole).orElse(fromInput);
      Nd4j.gemm(fromHidden, before, gradients.recurrent()[g], false, true, 1, 0);
      backward.sumOverPositions(fromInput, inputBias);
      if (apartFromInput(g).isPresent()) {
        backward.sumOverPositions(fromHidden, recurrentBias);
      } else {
        recurrentBias.assign(inputBias);
      }
    }
  }

  /**
   * {@code sums ← beta·sums + b} in each column: as a product, the fastest way.
   *
   * @param sums of all positions, {@code [H, T*B]}, or of one time step, {@code [H, B]}
   */
  final void addBias(INDArray b, double beta, INDArray sums) {
    INDArray ones = sums.columns() == onesForBatch.columns() ? onesForBatch : onesForPositions;
    Nd4j.gemm(b, ones, sums, false, false, 1, beta);
  }

  final void takeState(NativeState state, int layer) {
    for (int i = 0; i < states.length; i++) {
      states[i].take(state.at(i, layer));
    }
  }

  final void leaveState(NativeState state, int layer) {
    for (int i = 0; i < states.length; i++) {
      states[i].leave(state.at(i, layer));
    }
  }
}
