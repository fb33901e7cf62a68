package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.reference.ReferenceBackendProvider;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
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
                    Arguments.of(kernels, 1, 1, 1),
                    Arguments.of(kernels, 1, 7, 13),
                    Arguments.of(kernels, 2, 3, 47),
                    Arguments.of(kernels, 5, 4, 48),
                    Arguments.of(kernels, 7, 5, 49),
                    Arguments.of(kernels, 9, 2, 64),
                    Arguments.of(kernels, 17, 3, 31),
                    Arguments.of(kernels, 33, 2, 97)));
  }

  /** The numbers after a few steps, for comparing bit by bit. */
  private record Outcome(
      Parameters gradients, StepResult last, Parameters parameters, float[] state) {}

  private static Outcome train(Backend backend, int batchSize, int steps, int hidden) {
    ModelSpec spec = new ModelSpec(Cell.RNN, hidden, 1, null, false, 0, true);
    Parameters initial =
        new Initialization(Initialization.Type.PYTORCH, 0.01).draw(spec, V, new RandomStreams(3));
    try (backend;
        RecurrentModel model = backend.createModel(spec, initial);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.5))) {
      HiddenState state = model.initialState(batchSize);
      model.evaluate(Tiny.batch(batchSize, 2, 7), state);
      Batch batch = Tiny.batch(batchSize, steps, 8);
      Parameters gradients = trainer.gradients(batch, state);
      trainer.step(batch, state, 0.3);
      StepResult last = trainer.step(Tiny.batch(batchSize, steps, 9), state, 0.3);
      return new Outcome(gradients, last, model.parameters(), state.hidden());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithTheReference(Kernels kernels, int batchSize, int steps, int hidden) {
    Outcome fast = train(new ScratchBackend(kernels, 2), batchSize, steps, hidden);
    Outcome reference =
        train(new ReferenceBackendProvider().open(DeviceRequest.CPU, 1), batchSize, steps, hidden);
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
        assertThat(Math.abs(a[i] - b[i]))
            .as("%s[%d]: %s and %s", name, i, a[i], b[i])
            .isLessThanOrEqualTo(1e-6f + 1e-4f * Math.abs(b[i]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesTheSameBitsForAnyNumberOfThreads(
      Kernels kernels, int batchSize, int steps, int hidden) {
    Outcome one = train(new ScratchBackend(kernels, 1), batchSize, steps, hidden);
    for (int threads : new int[] {2, 3, 5}) {
      Outcome more = train(new ScratchBackend(kernels, threads), batchSize, steps, hidden);
      assertThat(more.last()).isEqualTo(one.last());
      assertThat(more.state()).containsExactly(one.state());
      for (String name : one.parameters().names()) {
        assertThat(more.parameters().get(name))
            .as(name)
            .containsExactly(one.parameters().get(name));
        assertThat(more.gradients().get(name)).as(name).containsExactly(one.gradients().get(name));
      }
    }
  }
}
