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
    long weights = Float.BYTES * draw(spec).count();
    kept(spec); // classes are loaded, and what loading them left is collected
    // A packed matrix ends with a panel that is filled up.
    assertThat(kept(spec)).isBetween(weights * 9 / 10, weights + weights / 50 + BESIDES);
  }

  private static Parameters draw(ModelSpec spec) {
    return Initialization.DEFAULT.draw(spec, V, new RandomStreams(1));
  }

  /** The bytes that a model and a session of it keep. */
  private static long kept(ModelSpec spec) {
    try (Backend backend = new ScratchBackend(KernelChoice.here().kernels(), 2)) {
      long before = used();
      try (RecurrentModel model = backend.createModel(spec, draw(spec), Use.INFERENCE);
          Session session = model.newSession(1)) {
        session.next(new int[] {7}, new float[V]);
        long kept = used() - before;
        session.next(new int[] {7}, new float[V]); // so that both are still in use
        return kept;
      }
    }
  }
}
