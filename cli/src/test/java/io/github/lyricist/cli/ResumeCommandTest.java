package io.github.lyricist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.cli.InProcess.Outcome;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code resume} takes up, and what it refuses, on an engine that learns nothing. */
class ResumeCommandTest {
  private final InProcess lyricist = new InProcess(new FakeBackendProvider());

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path run;

  @BeforeEach
  void train() throws IOException {
    run = folder.resolve("r");
    Path config = InProcess.experiment(folder);
    assertThat(lyricist.execute("run", config, "--out", run, "--quiet").exitCode()).isZero();
  }

  private void edit(String text, String other) throws IOException {
    Path config = run.resolve("config.yaml");
    String yaml = Files.readString(config);
    assertThat(yaml).contains(text);
    Files.writeString(config, yaml.replace(text, other));
  }

  private Outcome resume() {
    return lyricist.execute("resume", run, "--epochs", 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden: 3 | hidden: 4 | found 4, but the run was trained with 3",
        "layers: 1 | layers: 2 | found 2, but the run was trained with 1",
        "cell: rnn | cell: gru | found gru, but the run was trained with rnn",
        "embedding: null | embedding: 5 | found 5, but the run was trained with null",
        "recurrentBias: false | recurrentBias: true | found true, but the run was trained with false",
        "batchSize: 4 | batchSize: 1048576 | found 1048576, but the run was trained with 4",
        "steps: 5 | steps: 6 | found 6, but the run was trained with 5",
        "seed: 1 | seed: 2 | found 2, but the run was trained with 1",
        "learningRate: 100.0 | learningRate: 1.0 | found 1.0, but the run was trained with 100.0",
        "clipNorm: 0.01 | clipNorm: null | found null, but the run was trained with 0.01",
        "newlines: space | newlines: keep | found keep, but the run was trained with space",
      })
  void anotherExperimentIsRefused(String text, String other, String why) throws IOException {
    byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
    edit(text, other);
    Outcome outcome = resume();
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("lyricist: " + run.resolve("config.yaml") + ":")
        .contains(why + "; set it back, or start another run with model.from")
        .hasLineCount(1);
    assertThat(Files.readAllBytes(run.resolve("metrics.jsonl"))).isEqualTo(metrics);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: tiny | name: other",
        "every: 2 | every: 1",
        "length: 3 | length: 7",
        "epochs: 2 | epochs: 9",
        "threads: 2 | threads: 1",
        "everyMinutes: 10 | everyMinutes: 0",
      })
  void whatChangesNoWeightMayChange(String text, String other) throws IOException {
    if (text.startsWith("threads")) {
      text =
          Files.readString(run.resolve("config.yaml")).replaceAll("(?s).*(threads: \\d+).*", "$1");
    }
    edit(text, other);
    assertThat(resume().exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aModelThatIsMissingOrCutOffIsWrittenAnew(int bytes) throws IOException {
    Path model = run.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    if (bytes == 0) {
      Files.delete(model);
    } else {
      Files.write(model, Arrays.copyOf(whole, bytes));
    }
    Outcome outcome = lyricist.execute("resume", run);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("the model can't be read (")
        .contains("): its weights are now those of the checkpoint");
    assertThat(Files.readAllBytes(model)).isEqualTo(whole);
  }
}
