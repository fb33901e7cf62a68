package io.github.lyricist.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.Trainer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/**
 * Memory outside Java's heap stays where it is: what leaks grows in every round, while the virtual
 * machine's own compiler takes memory in some. The heap is touched in full when the tests start
 * (see the flags in the pom), so it does not count as growth.
 */
class NdMemoryTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void doesNotGrowWhileTrainingAndGenerating() {
    try (Backend backend = new NdBackendProvider().open(DeviceRequest.CPU, 1)) {
      train(backend, 500); // until most code is compiled
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 4; round++) {
        long before = Pointer.physicalBytes();
        train(backend, 500);
        least = Math.min(least, Pointer.physicalBytes() - before);
      }
      assertThat(least / MEBIBYTE).isLessThan(4);
    }
  }

  /**
   * A step uses half a megabyte of native arrays; now and then a character is generated, as in
   * previews.
   */
  private static void train(Backend backend, int steps) {
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    try (RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec));
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.01))) {
      HiddenState state = model.initialState(50);
      for (int i = 0; i < steps; i++) {
        trainer.step(Tiny.batch(50, 60, i), state, 0.1);
        if (i % 10 == 0) {
          model.nextLogits(new int[1], model.initialState(1), new float[Tiny.VOCABULARY]);
        }
      }
    }
  }

  @Test
  void refusesWorkOfAClosedTrainerOrBackend() {
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    Backend backend = new NdBackendProvider().open(DeviceRequest.CPU, 1);
    try (RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec))) {
      Trainer trainer = backend.createTrainer(model, Tiny.training(null));
      trainer.close();
      trainer.close();
      HiddenState state = model.initialState(1);
      assertThatThrownBy(() -> trainer.step(Tiny.batch(1, 1, 1), state, 0.1))
          .isInstanceOf(IllegalStateException.class);
      backend.close();
      assertThatThrownBy(() -> backend.createTrainer(model, Tiny.training(null)))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
