package io.github.lyricist.nd4j;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Trace;
import java.util.List;
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
  final States hidden;
  final Series[] gates; // G of [H, T*B]: W_ih x is put there, and each subclass says what becomes
  private final INDArray onesForPositions; // [1, T*B]

  RecurrentSequence(
      LayerWeights weights, BatchShape shape, States hidden, Series[] gates, NativeArrays owned) {
    this.weights = weights;
    this.steps = shape.steps();
    this.hidden = hidden;
    this.gates = gates;
    this.onesForPositions = owned.ones(1, shape.positions());
  }

  static RecurrentSequence of(
      Cell cell, LayerWeights weights, int size, BatchShape shape, NativeArrays owned) {
    return switch (cell.name()) {
      case "rnn" -> new RnnSequence(weights, size, shape, owned);
      case "gru" -> new GruSequence(weights, size, shape, owned);
      case "lstm" -> new LstmSequence(weights, size, shape, owned);
      default ->
          throw InvalidInputException.ofKey(
              "model.cell",
              "nd4j has no cell '" + cell.name() + "'",
              "choose one of: " + Cell.all());
    };
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

  /** {@code sums ← beta·sums + b} at each position: as a product, the fastest way. */
  final void addBias(INDArray b, double beta, Series sums) {
    Nd4j.gemm(b, onesForPositions, sums.whole(), false, false, 1, beta);
  }

  void takeState(HiddenState state, int layer) {
    hidden.take(state.hidden(), layer);
  }

  void leaveState(HiddenState state, int layer) {
    hidden.leave(state.hidden(), layer);
  }

  /** Tells the states and gates after each time step; comes after {@link #forward}. */
  void trace(Trace trace, int layer, List<String> names) {
    trace.put(Trace.state(layer, HiddenState.HIDDEN), Values.of(hidden.after.whole()));
    for (int g = 0; g < gates.length; g++) {
      trace.put(Trace.gate(layer, names.get(g)), Values.of(gates[g].whole()));
    }
  }
}
