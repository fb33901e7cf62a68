package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.reference.ReferenceBackendProvider;
import io.github.lyricist.testkit.Gradients;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast path against the reference, and against itself on other numbers of threads. */
class FastAgainstReferenceTest {
  private static final int V = 53;

  static Stream<Arguments> shapes() {
    return Stream.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels())
        .flatMap(
            kernels ->
                Stream.of(
                        // B, T, H
                        List.of(1, 1, 2),
                        List.of(1, 7, 13),
                        List.of(1, 3, 263), // large enough for threads to share a row's columns
                        List.of(2, 3, 47),
                        List.of(5, 4, 48),
                        List.of(7, 5, 49),
                        List.of(9, 2, 64),
                        List.of(17, 3, 31),
                        List.of(33, 2, 97))
                    .flatMap(
                        shape ->
                            Tiny.architectures(shape.get(2))
                                .map(
                                    spec ->
                                        Arguments.of(kernels, shape.get(0), shape.get(1), spec))));
  }

  /** The numbers after a few steps, for comparing bit by bit. */
  private record Outcome(
      Parameters gradients, StepResult last, Parameters parameters, float[] state) {}

  private static Outcome train(Backend backend, int batchSize, int steps, ModelSpec spec) {
    Parameters initial =
        new Initialization(Initialization.Type.PYTORCH, 0.01).draw(spec, V, new RandomStreams(3));
    try (backend;
        RecurrentModel model = backend.createModel(spec, initial, Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.5));
        Session session = model.newSession(batchSize);
        RecurrentState state = model.newState(batchSize)) {
      session.evaluate(Tiny.batch(batchSize, 2, 7));
      state.set(session.state());
      Batch batch = Tiny.batch(batchSize, steps, 8);
      Parameters gradients =
          Gradients.of(model, trainer, batch, Tiny.dropout(spec, batch, 1), session.state());
      trainer.step(batch, Tiny.dropout(spec, batch, 2), state, 0.3);
      StepResult last =
          trainer.step(Tiny.batch(batchSize, steps, 9), DropoutMasks.NONE, state, 0.3);
      return new Outcome(gradients, last, model.parameters(), state.copy().hidden());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithTheReference(Kernels kernels, int batchSize, int steps, ModelSpec spec) {
    Outcome fast = train(new ScratchBackend(kernels, 2), batchSize, steps, spec);
    Outcome reference =
        train(new ReferenceBackendProvider().open(DeviceRequest.CPU, 1), batchSize, steps, spec);
    assertClose(fast.gradients(), reference.gradients());
    assertClose(fast.parameters(), reference.parameters());
    assertThat(Math.abs(fast.last().loss() - reference.last().loss()))
        .isLessThan(1e-6 * reference.last().loss());
    assertThat(Math.abs(fast.last().gradientNorm() - reference.last().gradientNorm()))
        .isLessThan(1e-5 * reference.last().gradientNorm());
  }

  private static void assertClose(Parameters actual, Parameters expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    for (String name : expected.names()) {
      float[] a = actual.get(name);
      float[] b = expected.get(name);
      for (int i = 0; i < b.length; i++) {
        if (!(Math.abs(a[i] - b[i]) <= 1e-6f + 1e-4f * Math.abs(b[i]))) {
          fail("%s[%d]: expected %s, found %s", name, i, b[i], a[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesTheSameBitsForAnyNumberOfThreads(
      Kernels kernels, int batchSize, int steps, ModelSpec spec) {
    Outcome one = train(new ScratchBackend(kernels, 1), batchSize, steps, spec);
    for (int threads : new int[] {2, 3, 5}) {
      Outcome more = train(new ScratchBackend(kernels, threads), batchSize, steps, spec);
      assertThat(more.last()).isEqualTo(one.last());
      assertThat(more.state()).containsExactly(one.state());
      assertSame(more.parameters(), one.parameters());
      assertSame(more.gradients(), one.gradients());
    }
  }

  private static void assertSame(Parameters actual, Parameters expected) {
    expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isEqualTo(value));
  }

  /** Not only close, as in every engine: a row doesn't depend on the rows beside it. */
  @ParameterizedTest
  @MethodSource("shapes")
  void givesForkedSequencesTheBitsThatTheyHaveAlone(
      Kernels kernels, int batchSize, int steps, ModelSpec spec) {
    Parameters initial =
        new Initialization(Initialization.Type.PYTORCH, 0.01).draw(spec, V, new RandomStreams(3));
    int[] rows = IntStream.range(0, batchSize + 1).map(b -> batchSize - 1 - b / 2).toArray();
    int[] ids = IntStream.range(0, batchSize).map(b -> 7 * b % V).toArray();
    float[] logits = new float[rows.length * V];
    float[] alone = new float[V];
    try (Backend backend = new ScratchBackend(kernels, 2);
        RecurrentModel model = backend.createModel(spec, initial, Use.INFERENCE);
        Session together = model.newSession(batchSize)) {
      together.next(ids, new float[batchSize * V]);
      together.select(rows);
      together.next(rows, logits);
      for (int i = 0; i < rows.length; i++) {
        try (Session session = model.newSession(1)) {
          session.next(new int[] {ids[rows[i]]}, alone);
          session.next(new int[] {rows[i]}, alone);
        }
        assertThat(Arrays.copyOfRange(logits, i * V, (i + 1) * V)).containsExactly(alone);
      }
    }
  }
}
