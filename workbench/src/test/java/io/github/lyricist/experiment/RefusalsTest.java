package io.github.lyricist.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** What is refused before any memory is taken. */
class RefusalsTest {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  private final Backend backend = Mockito.mock(Backend.class);

  /**
   * An engine that needs so many bytes for the weights, and so many for each batch that is not of
   * one step of one sequence.
   */
  private void needs(long ofWeights, long ofBatch) {
    Mockito.when(
            backend.memoryNeed(
                Mockito.any(), Mockito.anyInt(), Mockito.anyInt(), Mockito.anyInt(), Mockito.any()))
        .thenAnswer(
            call -> {
              int positions = call.<Integer>getArgument(2) * call.<Integer>getArgument(3);
              return MemoryNeed.ofHeap((double) ofWeights + (positions > 1 ? ofBatch : 0));
            });
  }

  private void check(ExperimentSpec spec) {
    new MemoryCheck(backend, spec, 1000).require();
  }

  @Test
  void whatFitsIsNotRefused() {
    needs(HEAP / 4, HEAP / 4);
    assertThatCode(() -> check(ExperimentSpec.DEFAULT)).doesNotThrowAnyException();
  }

  @Test
  void weightsThatDoNotFit() {
    needs(HEAP, 1);
    assertThatThrownBy(() -> check(ExperimentSpec.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "the run needs about [0-9.]+ [MG]B of Java's heap, but there are only [0-9.]+ [MG]B;"
                + " .*")
        .hasMessageContaining("lower model.hidden or model.layers, or give Java more");
  }

  @Test
  void activationsThatDoNotFit() {
    needs(1, 2 * HEAP);
    assertThatThrownBy(() -> check(ExperimentSpec.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lower sampler.batchSize or sampler.steps");
  }

  /** A checkpoint's copies of the weights are on Java's heap whatever the engine. */
  @Test
  void anEngineWithMemoryOfItsOwn() {
    MemoryNeed enough = new MemoryNeed("cuda:0", 1, 2, "use another device");
    Mockito.when(
            backend.memoryNeed(
                Mockito.any(), Mockito.anyInt(), Mockito.anyInt(), Mockito.anyInt(), Mockito.any()))
        .thenReturn(enough)
        .thenReturn(new MemoryNeed("cuda:0", 3, 2, "use another device"));
    assertThatCode(() -> check(ExperimentSpec.DEFAULT)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(ExperimentSpec.DEFAULT))
        .hasMessageContaining("3 bytes of cuda:0, but there are only 2 bytes")
        .hasMessageContaining("use another device");
  }

  @Test
  void aTensorBeyondAnArray(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, "corpus: {source: bundled:songs}");
    List<Setting> huge = List.of(Setting.parse("model.hidden=1048576"));
    ExperimentSpec spec = ConfigReader.read(file, huge, folder, model -> null).spec();
    assertThatThrownBy(() -> check(spec))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the limit is")
        .hasMessageContaining("lower model.hidden");
  }
}
