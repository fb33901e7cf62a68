package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RecurrentModel} keeps, for every architecture. */
@ParameterizedClass
@MethodSource("architectures")
public abstract class RecurrentModelContract {
  private static final double TOLERANCE = 1e-5;

  /** What is tested; set before each test. */
  @Parameter
  @SuppressWarnings("NullAway.Init")
  protected ModelSpec spec;

  @SuppressWarnings("NullAway.Init") // drawn before each test
  private Parameters initial;

  @SuppressWarnings("NullAway.Init")
  private Backend backend;

  @SuppressWarnings("NullAway.Init")
  private RecurrentModel model;

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

  /** The engine on the CPU. */
  protected abstract Backend open();

  @BeforeEach
  void openModel() {
    initial = Tiny.parameters(spec);
    backend = open();
    model = backend.createModel(spec, initial);
  }

  @AfterEach
  void close() {
    model.close();
    backend.close();
  }

  @Test
  void tellsItsSpecAndVocabulary() {
    assertThat(model.spec()).isEqualTo(spec);
    assertThat(model.vocabularySize()).isEqualTo(Tiny.VOCABULARY);
  }

  @Test
  void startsFromTheGivenParametersBitByBit() {
    Parameters parameters = model.parameters();
    assertThat(parameters.names()).containsExactlyElementsOf(initial.names());
    for (String name : initial.names()) {
      assertThat(parameters.shape(name)).isEqualTo(initial.shape(name));
      assertThat(parameters.get(name)).as(name).containsExactly(initial.get(name));
    }
  }

  @Test
  void givesCopiesOfItsParameters() {
    Arrays.fill(model.parameters().get("linear.bias"), 7);
    assertThat(model.parameters().get("linear.bias")).containsExactly(initial.get("linear.bias"));
  }

  @Test
  void refusesParametersOfAnotherShape() {
    ModelSpec larger = new ModelSpec(Cell.RNN, Tiny.HIDDEN + 1, 1, null, false, 0, true);
    assertThatThrownBy(() -> backend.createModel(larger, initial))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void predictsEvenlyWithZeroParameters() {
    Parameters zero = new Parameters();
    initial.forEach((name, value) -> zero.put(name, initial.shape(name), new float[value.length]));
    Batch batch = Tiny.batch(3, 4, 1);
    try (RecurrentModel even = backend.createModel(spec, zero)) {
      Evaluation evaluation = even.evaluate(batch, even.initialState(3));
      assertThat(evaluation.predictions()).isEqualTo(12);
      assertThat(evaluation.perplexity()).isCloseTo(Tiny.VOCABULARY, within(TOLERANCE));
    }
  }

  @Test
  void scoresABatchAsItPredictsItsCharactersOneByOne() {
    Batch batch = Tiny.batch(3, 4, 1);
    HiddenState state = model.initialState(3);
    float[] logits = new float[3 * Tiny.VOCABULARY];
    double total = 0;
    for (int t = 0; t < 4; t++) {
      model.nextLogits(Arrays.copyOfRange(batch.inputs(), t * 3, t * 3 + 3), state, logits);
      for (int b = 0; b < 3; b++) {
        total += crossEntropy(logits, b * Tiny.VOCABULARY, batch.targets()[t * 3 + b]);
      }
    }
    HiddenState evaluated = model.initialState(3);
    double scored = model.evaluate(batch, evaluated).crossEntropy();
    assertThat(scored).isCloseTo(total, within(TOLERANCE * total));
    assertClose(evaluated, state);
  }

  private static double crossEntropy(float[] logits, int offset, int target) {
    double sum = 0;
    for (int v = 0; v < Tiny.VOCABULARY; v++) {
      sum += Math.exp(logits[offset + v]);
    }
    return Math.log(sum) - logits[offset + target];
  }

  @Test
  void keepsTheSequencesOfABatchApart() {
    Batch batch = Tiny.batch(2, 4, 2);
    double total = 0;
    for (int b = 0; b < 2; b++) {
      total += model.evaluate(sequence(batch, b), model.initialState(1)).crossEntropy();
    }
    assertThat(model.evaluate(batch, model.initialState(2)).crossEntropy())
        .isCloseTo(total, within(TOLERANCE * total));
  }

  private static Batch sequence(Batch batch, int b) {
    int[] inputs = new int[batch.steps()];
    int[] targets = new int[batch.steps()];
    for (int t = 0; t < batch.steps(); t++) {
      inputs[t] = batch.inputs()[t * batch.batchSize() + b];
      targets[t] = batch.targets()[t * batch.batchSize() + b];
    }
    return new Batch(1, batch.steps(), inputs, targets);
  }

  @Test
  void goesOnFromTheStateItIsGiven() {
    Batch whole = Tiny.batch(3, 6, 3);
    Batch first = part(whole, 0, 2);
    Batch second = part(whole, 2, 6);
    HiddenState state = model.initialState(3);
    double total =
        model.evaluate(first, state).crossEntropy() + model.evaluate(second, state).crossEntropy();
    HiddenState atOnce = model.initialState(3);
    assertThat(model.evaluate(whole, atOnce).crossEntropy())
        .isCloseTo(total, within(TOLERANCE * total));
    assertClose(state, atOnce);
  }

  private static Batch part(Batch batch, int fromStep, int toStep) {
    int from = fromStep * batch.batchSize();
    int to = toStep * batch.batchSize();
    return new Batch(
        batch.batchSize(),
        toStep - fromStep,
        Arrays.copyOfRange(batch.inputs(), from, to),
        Arrays.copyOfRange(batch.targets(), from, to));
  }

  private static void assertClose(HiddenState actual, HiddenState expected) {
    assertThat(actual.hidden()).containsExactly(expected.hidden(), within((float) TOLERANCE));
    if (expected.cell() != null) {
      assertThat(actual.cell()).containsExactly(expected.cell(), within((float) TOLERANCE));
    }
  }

  @Test
  void learnsNothingFromScoring() {
    model.evaluate(Tiny.batch(3, 4, 1), model.initialState(3));
    model.nextLogits(new int[] {1}, model.initialState(1), new float[Tiny.VOCABULARY]);
    startsFromTheGivenParametersBitByBit();
  }

  @Test
  void refusesWorkOnceClosed() {
    model.close();
    model.close();
    assertThatThrownBy(() -> model.evaluate(Tiny.batch(1, 1, 1), HiddenState.zero(spec, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(model::parameters).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                model.nextLogits(new int[1], HiddenState.zero(spec, 1), new float[Tiny.VOCABULARY]))
        .isInstanceOf(IllegalStateException.class);
  }
}
