package io.github.lyricist.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochTotals;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointFileTest {
  private static final Tokenizer TOKENIZER = CharacterTokenizer.of("a分😀");
  private static final ModelSpec LSTM = new ModelSpec(Cell.LSTM, 4, 2, 4, true, 0.5, false);
  private static final int BATCH_SIZE = 3;
  private static final String SHA = "0123";
  private static final Map<String, String> EXPERIMENT =
      Map.of("sampler.batchSize", "3", "corpus.source", "a \"b\"/~c.txt");

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private static Parameters parameters(ModelSpec spec, long seed) {
    return new Initialization(Initialization.Type.PYTORCH, 1)
        .draw(spec, TOKENIZER.size(), new RandomStreams(seed));
  }

  private static TrainingState state(ModelSpec spec, OptimizerSpec optimizer) {
    Map<String, Parameters> remembered = new LinkedHashMap<>();
    for (String memory : optimizer.remembered()) {
      Parameters drawn = parameters(spec, memory.hashCode());
      Parameters trained = new Parameters();
      drawn.names().stream()
          .filter(spec::isTrained)
          .forEach(name -> trained.put(name, drawn.shape(name), drawn.get(name)));
      remembered.put(memory, trained);
    }
    HiddenState hidden = HiddenState.zero(spec, BATCH_SIZE);
    for (int i = 0; i < hidden.hidden().length; i++) {
      hidden.hidden()[i] = 1f / (i + 3);
    }
    if (hidden.names().contains("cell")) {
      Arrays.fill(hidden.get("cell"), -0.1f);
    }
    return new TrainingState(
        7,
        new EpochTotals(5, 1234.5678901234567, 123_456_789_012L, 0.1 + 0.2, 1e-300),
        hidden,
        new OptimizerState(5_000_000_000L, remembered));
  }

  private Path write(ModelSpec spec, TrainingState state) throws IOException {
    AtomicFile.write(
        folder.resolve(CheckpointFile.FILE),
        out ->
            CheckpointFile.write(
                out, spec, TOKENIZER, EXPERIMENT, SHA, parameters(spec, 1), state));
    return folder.resolve(CheckpointFile.FILE);
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
            new ModelSpec(Cell.RNN, 3, 1, null, false, 0, true),
            new ModelSpec(Cell.GRU, 2, 2, 5, false, 0.25, false),
            LSTM)
        .flatMap(
            model ->
                Stream.of(Sgd.DEFAULT, new Sgd(1, 0.9), Adam.DEFAULT, RmsProp.DEFAULT)
                    .map(optimizer -> Arguments.of(model, optimizer)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void holdsAllThatTrainingNeeds(ModelSpec model, OptimizerSpec optimizer) throws IOException {
    TrainingState written = state(model, optimizer);
    write(model, written);
    CheckpointFile file = CheckpointFile.open(folder);
    assertThat(file.corpusSha256()).isEqualTo(SHA);
    assertThat(file.experiment()).isEqualTo(EXPERIMENT);
    assertThat(file.model().spec()).isEqualTo(model);
    assertSame(file.model().parameters(), parameters(model, 1));
    TrainingState read = file.training(optimizer, BATCH_SIZE);
    assertThat(read.epoch()).isEqualTo(7);
    assertThat(read.totals()).isEqualTo(written.totals());
    assertThat(read.hidden().hidden()).isEqualTo(written.hidden().hidden());
    assertThat(read.hidden().names()).isEqualTo(written.hidden().names());
    for (String name : written.hidden().names()) {
      assertThat(read.hidden().get(name)).containsExactly(written.hidden().get(name));
    }
    assertThat(read.optimizer().steps()).isEqualTo(5_000_000_000L);
    written
        .optimizer()
        .remembered()
        .forEach((memory, values) -> assertSame(read.optimizer().get(memory), values));
  }

  private static void assertSame(Parameters actual, Parameters expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void isRefusedToARunThatItIsNotOf() throws IOException {
    write(LSTM, state(LSTM, Sgd.DEFAULT));
    CheckpointFile file = CheckpointFile.open(folder);
    assertThatThrownBy(() -> file.training(Adam.DEFAULT, BATCH_SIZE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'optimizer.exp_avg.embedding.weight' should be")
        .hasMessageContaining("but is missing");
    assertThatThrownBy(() -> file.training(Sgd.DEFAULT, BATCH_SIZE + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'state.hidden' should be");
    assertThatThrownBy(() -> file.training(Sgd.DEFAULT, Integer.MAX_VALUE)) // beyond any memory
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'state.hidden' should be [2, 2147483647, 4], but is [2, 3, 4]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\\"epoch\\\":7 | \\\"epoch\\\":0 | has 'epoch' 0, not a whole number from 1 up",
        "\\\"epoch\\\":7 | \\\"epoxh\\\":7 | has no 'epoch'",
        "\\\"crossEntropy\\\":1234.5678901234567 | \\\"crossEntropy\\\":\\\"NaN\\\" | has 'crossEntropy' NaN, not a finite number",
        "\\\"gradientNorms\\\":0.30000000000000004 | \\\"gradientNorms\\\":1e400 | has 'gradientNorms' Infinity, not a finite number",
        "\\\"batches\\\":5 | \\\"batches\\\":{ | metadata 'training'",
        "\\\"optimizerSteps\\\":5000000000 | \\\"optimizerSteps\\\":5000000.00 | 'optimizerSteps'",
      })
  void countersAreChecked(String text, String other, String why) throws IOException {
    Path file = write(LSTM, state(LSTM, Sgd.DEFAULT));
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(text);
    String padded = other + " ".repeat(Math.max(0, text.length() - other.length()));
    Files.writeString(file, bytes.replace(text, padded), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CheckpointFile.open(folder).training(Sgd.DEFAULT, BATCH_SIZE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(CheckpointFile.FILE)
        .hasMessageContaining(why);
  }

  @Test
  void damageIsNoticedWhenItIsOpened() throws IOException {
    Path file = write(LSTM, state(LSTM, Sgd.DEFAULT));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1; // in the hidden state, which no model reads
    Files.write(file, bytes);
    assertThatThrownBy(() -> CheckpointFile.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": its numbers were damaged after they were written");
  }

  @Test
  void aModelCanStartFromIt() throws IOException {
    Path file = write(LSTM, state(LSTM, Adam.DEFAULT));
    assertSame(SavedModel.open(file).parameters(), parameters(LSTM, 1));
  }

  @Test
  void mustBeThere() {
    assertThatThrownBy(() -> CheckpointFile.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no checkpoint.safetensors; give a run directory");
  }
}
