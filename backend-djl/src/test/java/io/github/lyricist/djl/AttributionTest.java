package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** DJL's own gradient collector is one for the whole process. */
class AttributionTest {
  private static final int THREADS = 4;
  private static final int TIMES = 50;

  @Test
  void severalThreadsExplainAtOnce() throws Exception {
    ModelSpec spec = Tiny.model(Cell.LSTM, true);
    Batch batch = Tiny.batch(3, 4, 1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Backend backend = new DjlBackendProvider().open(DeviceRequest.CPU, 1);
        RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING)) {
      HiddenState zero = HiddenState.zero(spec, 3);
      float[] alone = model.attribution(batch, zero, new int[3]);
      Callable<float[]> explain = () -> model.attribution(batch, zero, new int[3]);
      List<Future<float[]>> together =
          threads.invokeAll(Collections.nCopies(THREADS * TIMES, explain));
      for (Future<float[]> attribution : together) {
        assertThat(attribution.get()).containsExactly(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
