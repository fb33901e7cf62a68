package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.Setting;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine written outside the project is found and used with no edit in the project. */
class FakeBackendTest {
  /** The distinct characters of the tiny experiment's text, line ends being spaces. */
  private static final int VOCABULARY = 29;

  @Test
  void theServiceLoaderFindsItBesideTheOthers() {
    assertThat(BackendRegistry.installed().providers())
        .extracting(BackendProvider::name)
        .contains("fake", "scratch")
        .isSorted();
  }

  @Test
  void anExperimentRunsOnIt(@TempDir Path folder) throws IOException {
    TinyExperiment.write(folder);
    Config config =
        ConfigReader.read(
            folder.resolve(TinyExperiment.CONFIG),
            List.of(Setting.parse("backend=fake"), Setting.parse("model.cell=lstm")),
            folder,
            model -> null);
    List<EpochResult> results = new ArrayList<>();
    List<String> previews = new ArrayList<>();
    TrainingListener listener =
        event -> {
          if (event instanceof TrainingEvent.EpochDone done) {
            results.add(done.result());
          } else if (event instanceof TrainingEvent.Previewed previewed) {
            previewed.previews().forEach(text -> previews.add(text.prefix() + text.text()));
          }
        };
    Experiment experiment =
        new Experiment(config.spec(), BackendRegistry.installed(), listener, () -> false);

    assertThat(experiment.run(folder.resolve("r"))).isEqualTo(Status.FINISHED);

    assertThat(results)
        .hasSize(4)
        .allSatisfy(result -> assertThat(result.perplexity()).isCloseTo(VOCABULARY, within(1e-9)));
    assertThat(previews).hasSize(4).contains("雨" + " ".repeat(9));
    assertThat(folder.resolve("r/run.json")).content().contains("Fake 1");
    assertThat(folder.resolve("r/model.safetensors")).isNotEmptyFile();
  }

  @Test
  void twoWithOneNameAreRefused() {
    BackendProvider one = new FakeBackendProvider();
    BackendProvider other = new FakeBackendProvider();
    assertThatThrownBy(() -> new BackendRegistry(List.of(one, other)))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("'fake'")
        .hasMessageContaining(FakeBackendProvider.class.getName() + " and ");
  }
}
