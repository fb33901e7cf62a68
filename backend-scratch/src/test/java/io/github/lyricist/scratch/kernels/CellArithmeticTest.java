package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.model.Cell;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell's arithmetic against its formulas in double, on sizes around a vector's. */
class CellArithmeticTest {
  private static final int[] SIZES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 47, 97};
  private static final double TOLERANCE = 2e-6;

  static Stream<Arguments> kernelsAndSizes() {
    return Stream.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels())
        .flatMap(kernels -> Arrays.stream(SIZES).mapToObj(size -> Arguments.of(kernels, size)));
  }

  /** One step's row after that of the step before, and the hidden states and their gradients. */
  private static final class Step {
    final int size;
    final CellArithmetic cell;
    final float[] rows;
    final float[] sums;
    final float[] hidden;
    final float[] gradient;

    Step(Kernels kernels, Cell kind, int size) {
      this.size = size;
      this.cell = kernels.cell(kind);
      Random random = new Random(size);
      rows = random(2 * cell.width() * size, random);
      sums = rows.clone();
      hidden = random(2 * size, random);
      gradient = random(2 * size, random);
    }

    private static float[] random(int length, Random random) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    void forward() {
      cell.forward(rows, cell.width() * size, 0, hidden, size, 0, size);
    }

    void backward() {
      cell.backward(rows, cell.width() * size, 0, hidden, gradient, size, 0, size);
    }

    /** Element i of a part of this step's row, as it is now. */
    float row(int part, int i) {
      return rows[(cell.width() + part) * size + i];
    }

    /** The same before the step. */
    double sum(int part, int i) {
      return sums[(cell.width() + part) * size + i];
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(TOLERANCE * (1 + Math.abs(expected))));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void rnn(Kernels kernels, int size) {
    Step step = new Step(kernels, Cell.RNN, size);
    float[] gradient = step.gradient.clone();
    step.forward();
    for (int i = 0; i < size; i++) {
      assertClose(step.hidden[size + i], Math.tanh(step.sum(0, i)));
    }
    step.backward();
    for (int i = 0; i < size; i++) {
      double h = Math.tanh(step.sum(0, i));
      assertClose(step.row(0, i), gradient[size + i] * (1 - h * h));
    }
    assertThat(step.gradient).containsExactly(gradient);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void gru(Kernels kernels, int size) {
    Step step = new Step(kernels, Cell.GRU, size);
    float[] gradient = step.gradient.clone();
    step.forward();
    float[] hidden = step.hidden.clone();
    step.backward();
    for (int i = 0; i < size; i++) {
      double r = sigmoid(step.sum(0, i) + step.sum(3, i));
      double z = sigmoid(step.sum(1, i) + step.sum(4, i));
      double q = step.sum(5, i);
      double n = Math.tanh(step.sum(2, i) + r * q);
      double before = hidden[i];
      assertClose(hidden[size + i], (1 - z) * n + z * before);
      double next = gradient[size + i];
      double sumN = next * (1 - z) * (1 - n * n);
      double sumZ = next * (before - n) * z * (1 - z);
      double sumR = sumN * q * r * (1 - r);
      assertClose(step.row(0, i), sumR);
      assertClose(step.row(1, i), sumZ);
      assertClose(step.row(2, i), sumN);
      assertClose(step.row(3, i), sumR);
      assertClose(step.row(4, i), sumZ);
      assertClose(step.row(5, i), sumN * r);
      assertClose(step.gradient[i], gradient[i] + next * z);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void lstm(Kernels kernels, int size) {
    Step step = new Step(kernels, Cell.LSTM, size);
    step.forward();
    float[] forward = step.rows.clone();
    for (int j = 0; j < size; j++) {
      double c = cellState(step, j);
      assertClose(step.row(step.cell.carried()[0], j), c);
      assertClose(step.hidden[size + j], sigmoid(step.sum(3, j)) * Math.tanh(c));
    }
    float[] later = new float[size]; // the gradient in c' from later steps
    for (int j = 0; j < size; j++) {
      later[j] = (float) Math.sin(j);
      step.rows[(step.cell.width() + step.cell.carried()[0]) * size + j] = later[j];
    }
    step.backward();
    for (int j = 0; j < size; j++) {
      double i = sigmoid(step.sum(0, j));
      double f = sigmoid(step.sum(1, j));
      double g = Math.tanh(step.sum(2, j));
      double o = sigmoid(step.sum(3, j));
      double tanh = Math.tanh(cellState(step, j));
      double next = step.gradient[size + j];
      double cell = later[j] + next * o * (1 - tanh * tanh);
      double cellBefore = step.sums[step.cell.carried()[0] * size + j];
      assertClose(step.row(0, j), cell * g * i * (1 - i));
      assertClose(step.row(1, j), cell * cellBefore * f * (1 - f));
      assertClose(step.row(2, j), cell * i * (1 - g * g));
      assertClose(step.row(3, j), next * tanh * o * (1 - o));
      assertClose(step.rows[step.cell.carried()[0] * size + j], cell * f);
    }
    assertThat(forward).isNotEqualTo(step.rows);
  }

  private static double cellState(Step step, int j) {
    double before = step.sums[step.cell.carried()[0] * step.size + j];
    return sigmoid(step.sum(1, j)) * before + sigmoid(step.sum(0, j)) * Math.tanh(step.sum(2, j));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void gatesOfWhatIsNotFinite(Kernels kernels, int size) {
    for (Cell kind : Cell.all()) {
      Step step = new Step(kernels, kind, size);
      int from = step.cell.width() * size;
      Arrays.fill(step.rows, from, from + kind.gates().size() * size, Float.POSITIVE_INFINITY);
      step.rows[from + size / 2] = Float.NaN;
      step.forward();
      for (int i = 0; i < size; i++) {
        float h = step.hidden[size + i];
        assertThat(Float.isNaN(h)).as("%s[%d] = %s", kind, i, h).isEqualTo(i == size / 2);
      }
    }
  }
}
