package io.github.lyricist.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.SamplerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any work. */
class RefusalsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corpus.validation=0.1",
        "corpus.unknown=drop",
        "model.from=x",
        "training.schedule={type: step}",
        "training.schedule={type: plateau}",
        "training.earlyStop=3",
        "checkpoint.every=1",
        "checkpoint.everyMinutes=1"
      })
  void whatTheLoopCannotDoYet(String setting, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, "corpus: {source: bundled:songs}");
    ExperimentSpec able = ConfigReader.read(file, List.of(), folder).spec();
    assertThatCode(() -> NotAvailableYet.check(able)).doesNotThrowAnyException();
    ExperimentSpec asked = ConfigReader.read(file, List.of(Setting.parse(setting)), folder).spec();
    assertThatThrownBy(() -> NotAvailableYet.check(asked))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not available yet");
  }

  @Test
  void aModelThatCannotFit() {
    ModelSpec large = new ModelSpec(Cell.RNN, 1 << 20, 1, null, false, 0, false);
    assertThatThrownBy(() -> MemoryNeed.check(large, 1000, SamplerSpec.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("the model needs about [0-9,]+ bytes, but [0-9,]+ are available; .*");
    assertThatCode(() -> MemoryNeed.check(ModelSpec.DEFAULT, 1000, SamplerSpec.DEFAULT))
        .doesNotThrowAnyException();
  }
}
