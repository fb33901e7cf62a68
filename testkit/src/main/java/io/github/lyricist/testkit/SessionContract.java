package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.generation.Choice;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Session} keeps, for every architecture. */
@ParameterizedClass
@MethodSource("architectures")
public abstract class SessionContract {
  private static final float TOLERANCE = 1e-5f;
  private static final int THREADS = 8;

  /** What is tested; set before each test. */
  @Parameter
  @SuppressWarnings("NullAway.Init")
  protected ModelSpec spec;

  @SuppressWarnings("NullAway.Init") // opened before each test
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
    model = backend.createModel(spec, Tiny.parameters(spec), Use.INFERENCE);
  }

  @AfterEach
  void close() {
    model.close();
    backend.close();
  }

  /**
   * The logits of each step of one text that begins with a token and continues with the likeliest.
   */
  private static List<float[]> write(RecurrentModel model, int first, int length) {
    List<float[]> all = new ArrayList<>();
    try (Session session = model.newSession(1)) {
      int id = first;
      for (int i = 0; i < length; i++) {
        float[] logits = new float[Tiny.VOCABULARY];
        session.next(new int[] {id}, logits);
        all.add(logits);
        id = Choice.GREEDY.choose(logits);
      }
    }
    return all;
  }

  @Test
  void eightThreadsWriteEightTextsAsEachAlone() throws Exception {
    List<List<float[]>> alone = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      alone.add(write(model, i % Tiny.VOCABULARY, 40));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<List<float[]>>> texts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int first = i % Tiny.VOCABULARY;
        texts.add(() -> write(model, first, 40));
      }
      List<Future<List<float[]>>> together = threads.invokeAll(texts);
      for (int i = 0; i < THREADS; i++) {
        List<float[]> text = together.get(i).get();
        for (int t = 0; t < text.size(); t++) {
          assertThat(text.get(t)).as("text %d, step %d", i, t).containsExactly(alone.get(i).get(t));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void forkedAndReorderedSequencesContinueAsIfAlone() {
    int[] beginnings = {1, 4, 6};
    int[] rows = {2, 0, 2, 1};
    int[] next = {3, 5, 0, 2};
    float[] logits = new float[4 * Tiny.VOCABULARY];
    HiddenState after;
    try (Session session = model.newSession(3)) {
      session.next(beginnings, new float[3 * Tiny.VOCABULARY]);
      session.select(rows);
      assertThat(session.batchSize()).isEqualTo(4);
      session.next(next, logits);
      after = session.state();
    }
    for (int i = 0; i < rows.length; i++) {
      float[] alone = new float[Tiny.VOCABULARY];
      try (Session session = model.newSession(1)) {
        session.next(new int[] {beginnings[rows[i]]}, alone);
        session.next(new int[] {next[i]}, alone);
        assertThat(Arrays.copyOfRange(logits, i * Tiny.VOCABULARY, (i + 1) * Tiny.VOCABULARY))
            .containsExactly(alone, within(TOLERANCE));
        HiddenState selected = after.select(i);
        for (String name : selected.names()) {
          assertThat(selected.get(name))
              .containsExactly(session.state().get(name), within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void refusesASequenceThatIsNotThere() {
    try (Session session = model.newSession(3)) {
      assertThatThrownBy(() -> session.select(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void continuesFromAStateItIsGivenAndGivesCopies() {
    float[] expected = new float[Tiny.VOCABULARY];
    float[] actual = new float[Tiny.VOCABULARY];
    try (Session first = model.newSession(1);
        Session second = model.newSession(3)) {
      first.next(new int[] {2}, expected);
      HiddenState kept = first.state();
      first.next(new int[] {3}, expected);
      second.set(kept);
      assertThat(second.batchSize()).isEqualTo(1);
      Arrays.fill(first.state().hidden(), 7);
      second.next(new int[] {3}, actual);
      assertThat(actual).containsExactly(expected, within(TOLERANCE));
      first.next(new int[] {4}, expected);
      second.next(new int[] {4}, actual);
      assertThat(actual).containsExactly(expected, within(TOLERANCE));
    }
  }

  @Test
  void aModelForWritingPredictsWhatOneForTrainingDoes() {
    try (RecurrentModel training = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING)) {
      List<float[]> expected = write(training, 1, 10);
      List<float[]> actual = write(model, 1, 10);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i)).containsExactly(expected.get(i));
      }
    }
  }

  @Test
  void seesWhatATrainerChanged() {
    try (RecurrentModel training = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
        Trainer trainer = backend.createTrainer(training, Tiny.training(null));
        RecurrentState state = training.newState(3);
        Session session = training.newSession(3)) {
      HiddenState zero = session.state();
      double before = session.evaluate(Tiny.batch(3, 4, 1)).loss();
      trainer.step(Tiny.batch(3, 4, 1), DropoutMasks.NONE, state, 0.5);
      session.set(zero);
      assertThat(session.evaluate(Tiny.batch(3, 4, 1)).loss()).isLessThan(before);
    }
  }

  @Test
  void aModelForWritingCannotBeTrained() {
    assertThatThrownBy(() -> backend.createTrainer(model, Tiny.training(null)))
        .isInstanceOf(IllegalStateException.class);
  }
}
