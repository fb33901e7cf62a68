package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.OptimizerSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    backend = open();
    model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
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
    assertParameters(model);
  }

  private void assertParameters(RecurrentModel model) {
    Parameters initial = Tiny.parameters(spec);
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
    assertParameters(model);
  }

  @Test
  void refusesParametersOfAnotherShape() {
    ModelSpec larger = new ModelSpec(Cell.RNN, Tiny.HIDDEN + 1, 1, null, false, 0, true);
    Parameters initial = Tiny.parameters(spec);
    assertThatThrownBy(() -> backend.createModel(larger, initial, Use.TRAINING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void takesTheInitialParametersOver(Use use) {
    Parameters initial = Tiny.parameters(spec);
    try (RecurrentModel other = backend.createModel(spec, initial, use)) {
      assertThat(initial.names()).isEmpty();
      assertParameters(other);
    }
  }

  @Test
  void predictsEvenlyWithZeroParameters() {
    Parameters zero = Tiny.parameters(spec);
    zero.forEach((name, value) -> Arrays.fill(value, 0));
    try (RecurrentModel even = backend.createModel(spec, zero, Use.INFERENCE);
        Session session = even.newSession(3)) {
      Evaluation evaluation = session.evaluate(Tiny.batch(3, 4, 1));
      assertThat(evaluation.predictions()).isEqualTo(12);
      assertThat(evaluation.perplexity()).isCloseTo(Tiny.VOCABULARY, within(TOLERANCE));
    }
  }

  @Test
  void scoresABatchAsItPredictsItsCharactersOneByOne() {
    Batch batch = Tiny.batch(3, 4, 1);
    float[] logits = new float[3 * Tiny.VOCABULARY];
    double total = 0;
    try (Session oneByOne = model.newSession(3);
        Session scoring = model.newSession(3)) {
      for (int t = 0; t < 4; t++) {
        oneByOne.next(Arrays.copyOfRange(batch.inputs(), t * 3, t * 3 + 3), logits);
        for (int b = 0; b < 3; b++) {
          total += crossEntropy(logits, b * Tiny.VOCABULARY, batch.targets()[t * 3 + b]);
        }
      }
      double scored = scoring.evaluate(batch).crossEntropy();
      assertThat(scored).isCloseTo(total, within(TOLERANCE * total));
      assertClose(scoring.state(), oneByOne.state());
    }
  }

  private static double crossEntropy(float[] logits, int offset, int target) {
    double sum = 0;
    for (int v = 0; v < Tiny.VOCABULARY; v++) {
      sum += Math.exp(logits[offset + v]);
    }
    return Math.log(sum) - logits[offset + target];
  }

  private double score(Batch batch) {
    try (Session session = model.newSession(batch.batchSize())) {
      return session.evaluate(batch).crossEntropy();
    }
  }

  @Test
  void keepsTheSequencesOfABatchApart() {
    Batch batch = Tiny.batch(2, 4, 2);
    double total = 0;
    for (int b = 0; b < 2; b++) {
      total += score(sequence(batch, b));
    }
    assertThat(score(batch)).isCloseTo(total, within(TOLERANCE * total));
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
  void continuesFromTheStateItHas() {
    Batch whole = Tiny.batch(3, 6, 3);
    try (Session inParts = model.newSession(3);
        Session atOnce = model.newSession(3)) {
      double total =
          inParts.evaluate(part(whole, 0, 2)).crossEntropy()
              + inParts.evaluate(part(whole, 2, 6)).crossEntropy();
      assertThat(atOnce.evaluate(whole).crossEntropy()).isCloseTo(total, within(TOLERANCE * total));
      assertClose(inParts.state(), atOnce.state());
    }
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
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name))
          .as(name)
          .containsExactly(expected.get(name), within((float) TOLERANCE));
    }
  }

  @Test
  void learnsNothingFromScoring() {
    score(Tiny.batch(3, 4, 1));
    assertParameters(model);
  }

  @Test
  void tellsItsStatesAndGatesAfterEveryTimeStep() {
    Batch batch = Tiny.batch(3, 4, 1);
    HiddenState before = someState(3);
    HiddenState unchanged = before.copy();
    Trace trace = model.trace(batch, before);
    assertThat(trace.names()).hasSize(spec.layers() * arraysPerLayer());
    try (Session session = model.newSession(3)) {
      session.set(before);
      for (int t = 0; t < batch.steps(); t++) {
        session.evaluate(part(batch, t, t + 1));
        HiddenState after = session.state();
        for (int k = 0; k < spec.layers(); k++) {
          for (String name : after.names()) {
            int length = 3 * spec.hidden(); // B*H
            assertThat(
                    Arrays.copyOfRange(
                        trace.get(Trace.state(k, name)), t * length, (t + 1) * length))
                .as("%s of layer %d after step %d", name, k, t)
                .containsExactly(
                    Arrays.copyOfRange(after.get(name), k * length, (k + 1) * length),
                    within((float) TOLERANCE));
          }
        }
      }
    }
    assertThat(before.hidden()).containsExactly(unchanged.hidden());
  }

  private int arraysPerLayer() {
    return spec.cell().states().size() + spec.cell().gates().size();
  }

  private HiddenState someState(int batchSize) {
    try (Session session = model.newSession(batchSize)) {
      session.evaluate(Tiny.batch(batchSize, 2, 9));
      return session.state();
    }
  }

  /**
   * What is read is scaled by 1 ± ε: the slope of the logit is what attribution tells. Every token
   * is read once in a sequence, and the one that is explained never.
   */
  @Test
  void attributesALogitToWhatWasRead() {
    int[] ids = {0, 3, 1, 4, 2, 5}; // int[T*B], T = 3, B = 2
    int[] tokens = {6, 6};
    Batch batch = new Batch(2, 3, ids, ids);
    HiddenState before = someState(2);
    float[] attribution = model.attribution(batch, before, tokens);
    assertThat(attribution).hasSize(6);
    float step = 1e-2f;
    for (int position = 0; position < 6; position++) {
      int b = position % 2;
      double slope =
          (logit(scaled(ids[position], 1 + step), batch, before, b)
                  - logit(scaled(ids[position], 1 - step), batch, before, b))
              / (2 * step);
      assertThat((double) attribution[position])
          .as("position %d", position)
          .isCloseTo(slope, within(2e-4 + 1e-3 * Math.abs(slope)));
    }
    try (RecurrentModel writing = backend.createModel(spec, Tiny.parameters(spec), Use.INFERENCE)) {
      assertThat(writing.attribution(batch, before, tokens))
          .containsExactly(attribution, within((float) TOLERANCE));
    }
  }

  /** The parameters, with all that is read for one token scaled. */
  private Parameters scaled(int token, float factor) {
    Parameters parameters = Tiny.parameters(spec);
    boolean oneHot = spec.embedding() == null;
    float[] table = parameters.get(oneHot ? "rnn.weight_ih_l0" : "embedding.weight");
    int columns = oneHot ? Tiny.VOCABULARY : spec.embedding();
    for (int i = 0; i < table.length; i++) {
      if (token == (oneHot ? i % columns : i / columns)) {
        table[i] *= factor;
      }
    }
    if (spec.tieWeights()) {
      System.arraycopy(table, 0, parameters.get("linear.weight"), 0, table.length);
    }
    return parameters;
  }

  private double logit(Parameters parameters, Batch batch, HiddenState before, int b) {
    float[] logits = new float[2 * Tiny.VOCABULARY];
    try (RecurrentModel other = backend.createModel(spec, parameters, Use.INFERENCE);
        Session session = other.newSession(2)) {
      session.set(before);
      for (int t = 0; t < batch.steps(); t++) {
        session.next(Arrays.copyOfRange(batch.inputs(), 2 * t, 2 * t + 2), logits);
      }
    }
    return logits[b * Tiny.VOCABULARY + 6];
  }

  @Test
  void estimatesTheMemoryThatItTakes() {
    MemoryNeed small = backend.memoryNeed(spec, 100, 2, 3, null);
    MemoryNeed large =
        backend.memoryNeed(
            spec, 100, 200, 300, Tiny.training(new OptimizerSpec.Sgd(1, 0), null, null));
    assertThat(small.where()).isNotBlank();
    assertThat(small.needed()).isPositive();
    assertThat(large.needed()).isGreaterThan(small.needed());
    assertThat(small.isMet()).isTrue();
  }

  @Test
  void refusesWorkOnceClosed() {
    Session session = model.newSession(1);
    model.close();
    model.close();
    assertThatThrownBy(() -> session.evaluate(Tiny.batch(1, 1, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> session.next(new int[1], new float[Tiny.VOCABULARY]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> model.newSession(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(model::parameters).isInstanceOf(IllegalStateException.class);
    session.close();
    session.close();
  }
}
