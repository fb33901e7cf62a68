package io.github.lyricist.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any work. */
class RefusalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.hidden=1048576 | lower model.hidden or model.layers",
        "sampler.steps=2000000 | lower sampler.batchSize or sampler.steps"
      })
  void aModelThatCannotFit(String setting, String whatToDo, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, "corpus: {source: bundled:songs}");
    ExperimentSpec large = ConfigReader.read(file, List.of(Setting.parse(setting)), folder).spec();
    assertThatThrownBy(() -> MemoryNeed.check(large, 1000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("the model needs about [0-9,]+ bytes, but [0-9,]+ are available; .*")
        .hasMessageContaining(whatToDo);
    assertThatCode(() -> MemoryNeed.check(ExperimentSpec.DEFAULT, 1000)).doesNotThrowAnyException();
  }
}
