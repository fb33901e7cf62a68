package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.Trainer;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a training step allocates, in all threads, once it has been compiled. */
@Timeout(300)
class AllocationTest {
  private static final int V = 53;
  private static final int B = 9;
  private static final int T = 12;
  private static final int H = 40;
  private static final int STEPS_PER_ROUND = 50;
  private static final int ROUNDS = 400;
  // Its result is an object; the JIT's own threads and the counter's granularity are the rest.
  private static final long BYTES_PER_STEP = 128;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> models() {
    return Stream.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels())
        .flatMap(kernels -> Tiny.architectures(H).map(spec -> Arguments.of(kernels, spec)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aTrainingStepAllocatesItsResultAlone(Kernels kernels, ModelSpec spec) {
    try (Backend backend = new ScratchBackend(kernels, 2);
        RecurrentModel model =
            backend.createModel(
                spec,
                new Initialization(Initialization.Type.PYTORCH, 0.01)
                    .draw(spec, V, new RandomStreams(3)),
                Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.5));
        RecurrentState state = model.newState(B)) {
      Batch batch = Tiny.batch(B, T, 8);
      DropoutMasks masks = Tiny.dropout(spec, batch, 2);
      long[] ids =
          LongStream.concat(LongStream.of(Thread.currentThread().getId()), workers()).toArray();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > BYTES_PER_STEP; round++) {
        long before = allocated(ids);
        for (int step = 0; step < STEPS_PER_ROUND; step++) {
          trainer.step(batch, masks, state, 0.01);
        }
        least = Math.min(least, (allocated(ids) - before) / STEPS_PER_ROUND);
      }
      assertThat(least).as("bytes per step").isLessThanOrEqualTo(BYTES_PER_STEP);
    }
  }

  private static LongStream workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lyricist-worker"))
        .mapToLong(Thread::getId);
  }

  private static long allocated(long[] threads) {
    return LongStream.of(THREADS.getThreadAllocatedBytes(threads)).filter(bytes -> bytes > 0).sum();
  }
}
