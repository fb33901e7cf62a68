package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelSpecTest {

  private static ModelSpec spec(Cell cell, int layers, @Nullable Integer embedding) {
    return new ModelSpec(cell, 4, layers, embedding, false, 0, true);
  }

  private static List<String> shapes(ModelSpec spec) {
    return spec.shapes(7).entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  @ParameterizedTest
  @CsvSource({"rnn, 4", "gru, 12", "lstm, 16"})
  void hasPyTorchsNamesAndShapes(String cell, int rows) {
    ModelSpec spec = spec(Cell.called(cell).orElseThrow(), 1, null);
    assertThat(spec.gateRows()).isEqualTo(rows);
    assertThat(shapes(spec))
        .containsExactly(
            "rnn.weight_ih_l0 [%d, 7]".formatted(rows),
            "rnn.weight_hh_l0 [%d, 4]".formatted(rows),
            "rnn.bias_ih_l0 [%d]".formatted(rows),
            "rnn.bias_hh_l0 [%d]".formatted(rows),
            "linear.weight [7, 4]",
            "linear.bias [7]");
  }

  @Test
  void laterLayersReadTheHiddenStateBelow() {
    assertThat(shapes(spec(Cell.GRU, 3, null)))
        .containsExactly(
            "rnn.weight_ih_l0 [12, 7]",
            "rnn.weight_hh_l0 [12, 4]",
            "rnn.bias_ih_l0 [12]",
            "rnn.bias_hh_l0 [12]",
            "rnn.weight_ih_l1 [12, 4]",
            "rnn.weight_hh_l1 [12, 4]",
            "rnn.bias_ih_l1 [12]",
            "rnn.bias_hh_l1 [12]",
            "rnn.weight_ih_l2 [12, 4]",
            "rnn.weight_hh_l2 [12, 4]",
            "rnn.bias_ih_l2 [12]",
            "rnn.bias_hh_l2 [12]",
            "linear.weight [7, 4]",
            "linear.bias [7]");
  }

  @Test
  void anEmbeddingComesFirstAndFeedsTheFirstLayer() {
    assertThat(shapes(spec(Cell.RNN, 1, 3)))
        .containsExactly(
            "embedding.weight [7, 3]",
            "rnn.weight_ih_l0 [4, 3]",
            "rnn.weight_hh_l0 [4, 4]",
            "rnn.bias_ih_l0 [4]",
            "rnn.bias_hh_l0 [4]",
            "linear.weight [7, 4]",
            "linear.bias [7]");
  }

  @Test
  void trainsAllButTheRecurrentBiasOfAModelWithoutOne() {
    ModelSpec without = new ModelSpec(Cell.LSTM, 4, 2, 3, false, 0, false);
    ModelSpec with = new ModelSpec(Cell.LSTM, 4, 2, 3, false, 0, true);

    assertThat(without.shapes(7).keySet().stream().filter(name -> !without.isTrained(name)))
        .containsExactly("rnn.bias_hh_l0", "rnn.bias_hh_l1");
    assertThat(with.shapes(7).keySet()).allMatch(with::isTrained);
  }

  @Test
  void tiedWeightsNeedAnEmbeddingAsLargeAsTheHiddenState() {
    assertThat(new ModelSpec(Cell.RNN, 4, 1, 4, true, 0, false).tieWeights()).isTrue();
    for (Integer embedding : new @Nullable Integer[] {null, 3}) {
      assertThatThrownBy(() -> new ModelSpec(Cell.RNN, 4, 1, embedding, true, 0, false))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "tied weights need an embedding as large as the hidden state;"
                  + " set embedding: 4, or tieWeights: false");
    }
  }

  static Stream<Arguments> outOfRange() {
    String size = "expected a whole number from 1 to 1048576";
    String fraction = "expected a probability from 0 to below 1";
    return Stream.of(
        fault(() -> new ModelSpec(Cell.RNN, 0, 1, null, false, 0, false), "found 0; " + size),
        fault(
            () -> new ModelSpec(Cell.RNN, 1048577, 1, null, false, 0, false),
            "found 1048577; " + size),
        fault(
            () -> new ModelSpec(Cell.RNN, 1, -1, null, false, 0, false),
            "found -1; expected a whole number from 1 to 1024"),
        fault(() -> new ModelSpec(Cell.RNN, 1, 1, 0, false, 0, false), "found 0; " + size),
        fault(() -> new ModelSpec(Cell.RNN, 1, 1, null, false, 1, false), "found 1.0; " + fraction),
        fault(
            () -> new ModelSpec(Cell.RNN, 1, 1, null, false, -0.1, false),
            "found -0.1; " + fraction),
        fault(
            () -> new ModelSpec(Cell.RNN, 1, 1, null, false, Double.NaN, false),
            "found NaN; " + fraction),
        fault(
            () -> new Initialization(Initialization.Type.NORMAL, 0),
            "found 0.0; expected a standard deviation or a bound above 0"),
        fault(
            () -> new Initialization(Initialization.Type.NORMAL, Double.POSITIVE_INFINITY),
            "found Infinity; expected a standard deviation or a bound above 0"));
  }

  private static Arguments fault(Supplier<Object> spec, String message) {
    return Arguments.of(spec, message);
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void refusesValuesOutOfRange(Supplier<Object> spec, String message) {
    assertThatThrownBy(spec::get).isInstanceOf(InvalidInputException.class).hasMessage(message);
  }
}
