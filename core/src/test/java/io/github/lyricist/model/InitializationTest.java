package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.random.RandomStreams;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final int VOCABULARY = 500;
  private static final RandomStreams RANDOM = new RandomStreams(1);

  private static Parameters draw(Initialization.Type type, Cell cell, boolean recurrentBias) {
    ModelSpec spec = new ModelSpec(cell, 64, 2, 32, false, 0, recurrentBias);
    return new Initialization(type, 0.01).draw(spec, VOCABULARY, RANDOM);
  }

  /** Mean and deviation lie within five standard errors of what they should be. */
  private static void assertNormal(float[] numbers, double deviation) {
    double mean = average(numbers, 1);
    double variance = average(numbers, 2) - mean * mean;
    assertThat(mean).isCloseTo(0, within(5 * deviation / Math.sqrt(numbers.length)));
    assertThat(Math.sqrt(variance))
        .isCloseTo(deviation, within(5 * deviation / Math.sqrt(2.0 * numbers.length)));
  }

  private static double average(float[] numbers, int power) {
    return IntStream.range(0, numbers.length)
        .mapToDouble(i -> Math.pow(numbers[i], power))
        .average()
        .orElseThrow();
  }

  @Test
  void normalDrawsWeightsWithTheScaleAndLeavesBiasesZero() {
    Parameters parameters = draw(Initialization.Type.NORMAL, Cell.RNN, true);

    parameters.forEach(
        (name, value) -> {
          if (name.contains("bias")) {
            assertThat(value).as(name).containsOnly(0);
          } else {
            assertNormal(value, 0.01);
          }
        });
  }

  @Test
  void pytorchDrawsUniformlyWithinTheRootOfTheHiddenSize() {
    Parameters parameters = draw(Initialization.Type.PYTORCH, Cell.LSTM, true);
    float bound = 1 / 8f;

    parameters.forEach(
        (name, value) -> {
          if (name.equals("embedding.weight")) {
            assertNormal(value, 1);
            return;
          }
          assertUniform(name, value, bound);
        });
  }

  @Test
  void uniformDrawsAllWithinTheScale() {
    draw(Initialization.Type.UNIFORM, Cell.LSTM, true)
        .forEach((name, value) -> assertUniform(name, value, 0.01f));
  }

  private static void assertUniform(String name, float[] value, float bound) {
    for (float number : value) {
      assertThat(number).as(name).isBetween(-bound, bound);
    }
    double variance = average(value, 2);
    // The fourth moment of a uniform distribution gives the error of its variance.
    double error = bound * bound * Math.sqrt(4.0 / 45 / value.length);
    assertThat(variance).as(name).isCloseTo(bound * bound / 3, within(5 * error));
  }

  @Test
  void withoutARecurrentBiasItStaysZero() {
    for (Initialization.Type type : Initialization.Type.values()) {
      Parameters parameters = draw(type, Cell.GRU, false);

      assertThat(parameters.get("rnn.bias_hh_l0")).hasSize(192).containsOnly(0);
      assertThat(parameters.get("rnn.bias_hh_l1")).hasSize(192).containsOnly(0);
    }
    assertThat(draw(Initialization.Type.PYTORCH, Cell.GRU, false).get("rnn.bias_ih_l0"))
        .doesNotContain(0);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    ModelSpec spec = new ModelSpec(Cell.GRU, 16, 1, null, false, 0, true);
    for (Initialization.Type type : Initialization.Type.values()) {
      Initialization initialization = new Initialization(type, 0.01);
      Parameters first = initialization.draw(spec, 30, new RandomStreams(5));
      Parameters same = initialization.draw(spec, 30, new RandomStreams(5));
      Parameters other = initialization.draw(spec, 30, new RandomStreams(6));

      assertThat(first.names()).containsExactlyElementsOf(spec.shapes(30).keySet());
      first.forEach((name, value) -> assertThat(same.get(name)).containsExactly(value));
      assertThat(other.get("linear.weight")).isNotEqualTo(first.get("linear.weight"));
    }
  }

  @Test
  void eachTensorHasItsOwnNumbers() {
    ModelSpec spec = new ModelSpec(Cell.RNN, 16, 2, 16, false, 0, true);
    Parameters parameters = Initialization.DEFAULT.draw(spec, 16, RANDOM);

    assertThat(
            parameters.names().stream()
                .filter(name -> !name.contains("bias"))
                .map(name -> Arrays.hashCode(parameters.get(name))))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void tiedWeightsStartAsEqualCopies() {
    ModelSpec spec = new ModelSpec(Cell.RNN, 8, 1, 8, true, 0, false);
    Parameters parameters = Initialization.DEFAULT.draw(spec, 20, RANDOM);

    float[] embedding = parameters.get("embedding.weight");
    assertThat(parameters.get("linear.weight"))
        .containsExactly(embedding)
        .isNotSameAs(embedding)
        .doesNotContain(0);
  }
}
