package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every engine with memory outside Java's heap keeps: it stays where it is. What leaks grows
 * in every round, while the virtual machine's own compiler takes memory in some. The heap must be
 * touched in full when the tests start ({@code -Xms}, {@code -XX:+AlwaysPreTouch}), so that it does
 * not count as growth. On Linux.
 */
public abstract class NativeMemoryContract {

  /** The engine on the CPU, on one thread. */
  protected abstract Backend open();

  @Test
  void doesNotGrowWhileTrainingAndGenerating() throws IOException {
    try (Backend backend = open()) {
      train(backend, 500); // until most code is compiled
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 4; round++) {
        long before = residentKibibytes();
        train(backend, 500);
        least = Math.min(least, residentKibibytes() - before);
      }
      assertThat(least / 1024).isLessThan(4);
    }
  }

  /**
   * Logits of 141 TB: more than a process can address, however much the system promises. What there
   * was memory for is freed, and the model can be trained on.
   */
  @Test
  void memoryThatCanNotBeHadIsSaidInOneLine() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 1, 1, null, false, 0, true);
    Batch large = batch(1 << 20, 8);
    Batch small = batch(1, 1);
    try (Backend backend = open();
        RecurrentModel model =
            backend.createModel(
                spec,
                new Initialization(Initialization.Type.PYTORCH, 0.01)
                    .draw(spec, 1 << 22, new RandomStreams(1)),
                Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.01));
        RecurrentState forLarge = model.newState(large.batchSize());
        RecurrentState forSmall = model.newState(small.batchSize());
        Session session = model.newSession(large.batchSize())) {
      assertIsOutOfMemory(() -> trainer.step(large, DropoutMasks.NONE, forLarge, 0.1));
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 3; round++) {
        long before = residentKibibytes();
        assertIsOutOfMemory(() -> trainer.step(large, DropoutMasks.NONE, forLarge, 0.1));
        assertIsOutOfMemory(() -> session.evaluate(large));
        least = Math.min(least, residentKibibytes() - before);
      }
      assertThat(least / 1024).isLessThan(16);
      assertThat(trainer.step(small, DropoutMasks.NONE, forSmall, 0.1).loss())
          .isCloseTo(Math.log(1 << 22), within(2.0));
    }
  }

  private static Batch batch(int batchSize, int steps) {
    int[] ids = new int[batchSize * steps];
    return new Batch(batchSize, steps, ids, ids);
  }

  private static void assertIsOutOfMemory(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(RunFailedException.class)
        .message()
        .contains("no memory for an array of 141 TB; lower sampler.batchSize")
        .doesNotContain("\n");
  }

  private static long residentKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }

  /**
   * A step uses half a megabyte of native arrays; now and then a character is generated, as in
   * previews.
   */
  private static void train(Backend backend, int steps) {
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    try (RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.01));
        RecurrentState state = model.newState(50)) {
      for (int i = 0; i < steps; i++) {
        Batch batch = Tiny.batch(50, 60, i);
        trainer.step(batch, Tiny.dropout(spec, batch, i), state, 0.1);
        if (i % 10 == 0) {
          try (Session session = model.newSession(1)) {
            session.next(new int[1], new float[Tiny.VOCABULARY]);
          }
        }
      }
    }
  }
}
