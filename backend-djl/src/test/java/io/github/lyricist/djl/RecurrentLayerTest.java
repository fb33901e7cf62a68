package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two ways through a layer: by a fused operator, and step by step. */
class RecurrentLayerTest {
  private static final int BATCH_SIZE = 3; // B
  private static final int STEPS = 4; // T
  private static final int HIDDEN = 33; // H
  private static final int INPUTS = 7; // I

  private final Engine engine = NativeLibraries.onClassPath().load(1, notice -> {});

  static List<Cell> cells() {
    return Cell.all();
  }

  /** On a GPU and on one-hot input, a fused operator has the identity in place of W_ih. */
  @ParameterizedTest
  @MethodSource("cells")
  void fusedWithTheIdentityIsStepByStep(Cell cell) {
    int rows = cell.gates().size() * HIDDEN;
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      NDArray weight = random(manager, rows, HIDDEN);
      NDArray inputBias = random(manager, rows);
      NDArray bias = random(manager, rows);
      assertSame(
          fused(cell, new NDList(manager.eye(rows), weight, inputBias, bias)),
          new SteppedLayer(
              read -> read.add(inputBias),
              RecurrentCell.of(cell, SteppedLayer.linear(weight, bias))),
          random(manager, STEPS, BATCH_SIZE, rows),
          cell);
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void fusedIsStepByStep(Cell cell) {
    int rows = cell.gates().size() * HIDDEN;
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      NDArray inputWeight = random(manager, rows, INPUTS);
      NDArray weight = random(manager, rows, HIDDEN);
      NDArray inputBias = random(manager, rows);
      NDArray bias = random(manager, rows);
      assertSame(
          fused(cell, new NDList(inputWeight, weight, inputBias, bias)),
          new SteppedLayer(
              SteppedLayer.linear(inputWeight, inputBias),
              RecurrentCell.of(cell, SteppedLayer.linear(weight, bias))),
          random(manager, STEPS, BATCH_SIZE, INPUTS),
          cell);
    }
  }

  private static RecurrentLayer fused(Cell cell, NDList weights) {
    return new FusedLayer(FusedLayer.operator(cell).orElseThrow(), weights);
  }

  private static void assertSame(
      RecurrentLayer fused, RecurrentLayer stepped, NDArray input, Cell cell) {
    NDList before = new NDList();
    cell.states().forEach(n -> before.add(random(input.getManager(), 1, BATCH_SIZE, HIDDEN)));
    NDList expected = fused.forward(input, before, false);
    NDList actual = stepped.forward(input, before, false);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).getShape()).isEqualTo(expected.get(i).getShape());
      assertThat(actual.get(i).toFloatArray())
          .containsExactly(expected.get(i).toFloatArray(), within(2e-6f));
    }
  }

  private static NDArray random(NDManager manager, long... shape) {
    return manager.randomUniform(-1, 1, new Shape(shape));
  }

  @Test
  void aCellItDoesNotKnowHasNoFusedOperatorAndNoFormula() {
    Cell other = new OtherCell();
    assertThat(FusedLayer.operator(other)).isEmpty();
    assertThatThrownBy(() -> RecurrentCell.of(other, h -> h))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the engine djl has no cell 'other'; choose one of: rnn, gru, lstm");
  }

  private record OtherCell() implements Cell {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public List<String> gates() {
      return List.of();
    }

    @Override
    public List<String> states() {
      return List.of();
    }

    @Override
    public Map<String, io.github.lyricist.model.Shape> parameters(
        int layer, int inputs, int hidden) {
      return Map.of();
    }
  }
}
