package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine with memory outside of Java's heap says that it needs is what it takes, where
 * that is much. The heap must be touched in full when the tests start ({@code -Xms}, {@code
 * -XX:+AlwaysPreTouch}), so that it does not count. On Linux.
 */
public abstract class MemoryNeedContract {
  private static final long MUCH = 256L << 20; // bytes
  private static final double PERCENT = 15;

  /** The engine on the CPU, on two threads. */
  protected abstract Backend open();

  static Stream<Arguments> trainings() {
    return Stream.of(
        // V, B, T
        Arguments.of(oneHot(Cell.LSTM, 2048), 1000, 16, 10, new Adam(1e-3, 0.9, 0.999, 1e-8)),
        Arguments.of(oneHot(Cell.RNN, 4096), 1000, 16, 10, new RmsProp(1e-3, 0.99, 1e-8)),
        Arguments.of(oneHot(Cell.GRU, 512), 1000, 256, 100, new Sgd(1, 0)),
        Arguments.of(oneHot(Cell.LSTM, 512), 1000, 256, 60, new Sgd(1, 0)),
        Arguments.of(oneHot(Cell.RNN, 256), 12000, 128, 100, new Sgd(1, 0)),
        Arguments.of(
            new ModelSpec(Cell.LSTM, 768, 3, 768, true, 0.3, true), 3000, 64, 60, new Sgd(1, 0.9)),
        Arguments.of(
            new ModelSpec(Cell.GRU, 1024, 2, 256, false, 0, true),
            3000,
            64,
            60,
            new Adam(1e-3, 0.9, 0.999, 1e-8)));
  }

  private static ModelSpec oneHot(Cell cell, int hidden) {
    return new ModelSpec(cell, hidden, 1, null, false, 0, true);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void takesWhatItSays(
      ModelSpec spec, int vocabularySize, int batchSize, int steps, OptimizerSpec optimizer)
      throws IOException {
    try (Backend backend = open()) {
      train(backend, Tiny.model(spec.cell(), true), Tiny.VOCABULARY, 2, 3, optimizer);
      MemoryNeed need =
          backend.memoryNeed(
              spec, vocabularySize, batchSize, steps, Tiny.training(optimizer, 5.0, null));
      long before = kibibytes("VmRSS:");
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the peak begins anew
      train(backend, spec, vocabularySize, batchSize, steps, optimizer);
      double taken = 1024.0 * (kibibytes("VmHWM:") - before);
      assertThat(taken).isGreaterThan(MUCH);
      assertThat((double) need.needed()).isCloseTo(taken, withinPercentage(PERCENT));
    }
  }

  private static void train(
      Backend backend,
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      OptimizerSpec optimizer) {
    RandomStreams random = new RandomStreams(1);
    Initialization initialization = new Initialization(Initialization.Type.PYTORCH, 0.01);
    int[] ids = new int[batchSize * steps];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) (7919L * i % vocabularySize);
    }
    Batch batch = new Batch(batchSize, steps, ids, ids);
    try (RecurrentModel model =
            backend.createModel(
                spec, initialization.draw(spec, vocabularySize, random), Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(optimizer, 5.0, null));
        RecurrentState state = model.newState(batchSize)) {
      Dropout dropout = new Dropout(spec, Dropout.Kind.EACH, random);
      for (int i = 0; i < 2; i++) {
        trainer.step(batch, dropout.masks(1, i, batch.steps(), batch.batchSize()), state, 1e-3);
      }
    }
  }

  private static long kibibytes(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith(name)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }
}
