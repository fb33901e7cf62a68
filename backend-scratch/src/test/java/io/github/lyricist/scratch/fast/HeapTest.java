package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.scratch.kernels.KernelChoice;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model keeps on Java's heap, after a garbage collection. */
class HeapTest {
  private static final int V = 2000;
  private static final int H = 512;
  private static final long BESIDES = 1 << 20; // bytes: a session's workspace, and small objects

  static List<ModelSpec> models() {
    return List.of(
        new ModelSpec(Cell.LSTM, H, 1, null, false, 0, true),
        new ModelSpec(Cell.GRU, H, 2, 256, false, 0, true));
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelForWritingHoldsItsWeightsOnce(ModelSpec spec) {
    try (Backend backend = new ScratchBackend(KernelChoice.here().kernels(), 2)) {
      long before = used();
      Parameters initial = Initialization.DEFAULT.draw(spec, V, new RandomStreams(1));
      long weights = Float.BYTES * initial.count();
      try (RecurrentModel model = backend.createModel(spec, initial, Use.INFERENCE);
          Session session = model.newSession(1)) {
        session.next(new int[] {7}, new float[V]);
        // A packed matrix ends with a panel that is filled up.
        assertThat(used() - before).isBetween(weights, weights + weights / 50 + BESIDES);
        assertThat(session.batchSize()).isEqualTo(1);
      }
    }
  }
}
