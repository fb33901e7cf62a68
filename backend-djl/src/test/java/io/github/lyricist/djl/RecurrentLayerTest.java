package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.model.Cell;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The two ways through the first layer on one-hot input: a GPU takes the one, the CPU the other.
 */
class RecurrentLayerTest {
  private static final int BATCH_SIZE = 3; // B
  private static final int STEPS = 4; // T
  private static final int HIDDEN = 33; // H

  private final Engine engine = NativeLibraries.onClassPath().load(1);

  @ParameterizedTest
  @MethodSource("cells")
  void fusedWithTheIdentityIsStepByStep(Cell cell) {
    int rows = cell.gates().size() * HIDDEN;
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      NDArray weight = random(manager, rows, HIDDEN);
      NDArray inputBias = random(manager, rows);
      NDArray bias = random(manager, rows);
      RecurrentLayer fused =
          new FusedLayer(cell, new NDList(manager.eye(rows), weight, inputBias, bias));
      RecurrentLayer stepped = new SteppedLayer(cell, null, inputBias, weight, bias);
      NDArray input = random(manager, STEPS, BATCH_SIZE, rows);
      NDList before = before(cell, manager);
      assertSame(stepped.forward(input, before, false), fused.forward(input, before, false));
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void anyLayerCanGoStepByStep(Cell cell) {
    int rows = cell.gates().size() * HIDDEN;
    int inputs = 12;
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      NDArray inputWeight = random(manager, rows, inputs);
      NDArray weight = random(manager, rows, HIDDEN);
      NDArray inputBias = random(manager, rows);
      NDArray bias = random(manager, rows);
      RecurrentLayer fused = new FusedLayer(cell, new NDList(inputWeight, weight, inputBias, bias));
      RecurrentLayer stepped = new SteppedLayer(cell, inputWeight, inputBias, weight, bias);
      NDArray input = random(manager, STEPS, BATCH_SIZE, inputs);
      NDList before = before(cell, manager);
      assertSame(stepped.forward(input, before, false), fused.forward(input, before, false));
    }
  }

  static List<Cell> cells() {
    return Cell.all();
  }

  private static NDList before(Cell cell, NDManager manager) {
    NDList before = new NDList();
    cell.states().forEach(name -> before.add(random(manager, 1, BATCH_SIZE, HIDDEN)));
    return before;
  }

  private static void assertSame(NDList actual, NDList expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).getShape()).isEqualTo(expected.get(i).getShape());
      assertThat(actual.get(i).toFloatArray())
          .containsExactly(expected.get(i).toFloatArray(), within(1e-6f));
    }
  }

  private static NDArray random(NDManager manager, long... shape) {
    return manager.randomUniform(-1, 1, new Shape(shape));
  }
}
