package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Sha256;
import io.github.lyricist.corpus.TextCorpus;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.EpochTotals;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temporary;

  @Test
  void isNamedAfterExperimentAndTime() throws IOException {
    Path first = RunDirectory.defaultFolder(temporary, "songs", NOW);
    assertThat(first).isEqualTo(temporary.resolve("songs-20260102-030405"));
    Files.createDirectory(first);
    assertThat(RunDirectory.defaultFolder(temporary, "songs", NOW))
        .isEqualTo(temporary.resolve("songs-20260102-030405-2"));
  }

  @Test
  void takesAnEmptyFolderAndNoOther() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    RunDirectory.create(empty).close();
    assertThatThrownBy(() -> RunDirectory.create(empty))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("exists and is not an empty folder");
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> RunDirectory.create(file)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> RunDirectory.create(file.resolve("below")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void metricsAreOneLineAnEpoch() throws IOException {
    EpochResult first = new EpochResult(1, 2.5, 0.75, 1.5, 0.5, 200, 3, 100, null, null);
    EpochResult overflown =
        new EpochResult(2, Double.POSITIVE_INFINITY, 1000, 1.5, 0.5, 200, 3, 100, null, null);
    try (RunDirectory directory = RunDirectory.create(temporary.resolve("r"))) {
      directory.appendMetrics(first);
      directory.appendMetrics(overflown);
    }
    assertThat(Files.readAllLines(temporary.resolve("r/metrics.jsonl")))
        .containsExactly(
            "{\"epoch\":1,\"perplexity\":2.5,\"loss\":0.75,\"bitsPerCharacter\":1.5,\"seconds\":0.5,"
                + "\"charactersPerSecond\":200.0,\"gradientNorm\":3.0,\"learningRate\":100.0}",
            "{\"epoch\":2,\"perplexity\":null,\"loss\":1000.0,\"bitsPerCharacter\":1.5,\"seconds\":0.5,"
                + "\"charactersPerSecond\":200.0,\"gradientNorm\":3.0,\"learningRate\":100.0}");
    assertThat(Metrics.read(temporary.resolve("r"))).containsExactly(first, overflown);
  }

  @Test
  void refusesMetricsThatAreNone() throws IOException {
    Path file = temporary.resolve("metrics.jsonl");
    Files.writeString(file, "{\"epoch\":1}\n");
    assertThatThrownBy(() -> Metrics.read(temporary))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ":1: has no 'perplexity'; ");
    assertThatThrownBy(() -> Metrics.read(temporary.resolve("nowhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void epochsMustAscend() throws IOException {
    EpochResult epoch = new EpochResult(2, 2.5, 0.75, 1.5, 0.5, 200, 3, 100, 3.5, 2.0);
    try (RunDirectory directory = RunDirectory.create(temporary.resolve("r"))) {
      directory.appendMetrics(epoch);
      assertThat(Metrics.read(temporary.resolve("r"))).containsExactly(epoch);
      directory.appendMetrics(epoch);
    }
    assertThatThrownBy(() -> Metrics.read(temporary.resolve("r")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metrics.jsonl:2: has epoch 2 after epoch 2");
  }

  private static EpochResult epoch(int number) {
    return new EpochResult(number, 2, 0.7, 1.5, 1, 9, 1, 1, null, null);
  }

  /** A run that went beyond its checkpoint, and was killed in the middle of a line. */
  private Path killedAfterEpoch(int epochs) throws IOException {
    Path folder = temporary.resolve("killed");
    try (RunDirectory directory = RunDirectory.create(folder)) {
      directory.writeConfig("name: killed");
      writeCheckpoint(directory);
      for (int i = 1; i <= epochs; i++) {
        directory.appendMetrics(epoch(i));
        directory.appendPreview(new Preview(i, "雨", "雨" + i));
      }
    }
    Files.writeString(folder.resolve("metrics.jsonl"), "{\"epoch\":9,\"perp", APPEND);
    Files.writeString(folder.resolve(".model.safetensors.0.tmp"), "half");
    return folder;
  }

  private static void writeCheckpoint(RunDirectory directory) {
    ModelSpec spec = new ModelSpec(Cell.RNN, 1, 1, null, false, 0, true);
    Tokenizer tokenizer = CharacterTokenizer.of("ab");
    TrainingState state =
        new TrainingState(
            1, EpochTotals.NONE, HiddenState.zero(spec, 1), new OptimizerState(0, Map.of()));
    Parameters parameters =
        new Initialization(Initialization.Type.PYTORCH, 1)
            .draw(spec, tokenizer.size(), new RandomStreams(1));
    directory.writeCheckpoint(spec, tokenizer, Map.of(), "0123", parameters, state);
  }

  @Test
  void nothingIsTouchedInAFolderThatIsNoRun() throws IOException {
    Files.writeString(temporary.resolve("config.yaml"), "name: mine");
    Files.writeString(temporary.resolve(".notes.tmp"), "mine");
    assertThatThrownBy(() -> RunDirectory.open(temporary))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no checkpoint.safetensors");
    assertThat(AtomicFileTest.names(temporary))
        .containsExactlyInAnyOrder("config.yaml", ".notes.tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.jsonl", "previews.jsonl"})
  void aBrokenLineIsRefusedAndNothingIsCut(String name) throws IOException {
    Path folder = killedAfterEpoch(3);
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file).replace("\"epoch\":2", "\"epoxh\":2"));
    byte[] before = Files.readAllBytes(file);
    try (RunDirectory directory = RunDirectory.open(folder)) {
      assertThatThrownBy(() -> directory.cutBackTo(1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file + ":2: has no 'epoch'");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    for (String other : new String[] {"metrics.jsonl", "previews.jsonl"}) {
      assertThat(folder.resolve(other)).content().contains("\"epoch\":3");
    }
  }

  @Test
  void linesEndAsTheyWereWrittenOrAsWindowsHasThem() throws IOException {
    Path folder = killedAfterEpoch(2);
    Path file = folder.resolve("metrics.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\n", "\r\n"));
    try (RunDirectory directory = RunDirectory.open(folder)) {
      assertThat(directory.cutBackTo(1)).containsExactly(epoch(1));
    }
    assertThat(Metrics.read(folder)).containsExactly(epoch(1));
    Files.writeString(file, whole.replaceFirst("\n", "\r"));
    assertThatThrownBy(() -> Metrics.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metrics.jsonl:1: something follows the JSON object");
  }

  @Test
  void whatCouldKeepItWaitingIsRefused() throws IOException, InterruptedException {
    Path folder = killedAfterEpoch(1);
    for (String name : new String[] {".lock", "metrics.jsonl", "previews.jsonl", "run.json"}) {
      Path file = folder.resolve(name);
      Path kept = temporary.resolve("kept");
      boolean exists = Files.exists(file);
      if (exists) {
        Files.move(file, kept);
      }
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      assertThatThrownBy(
              () -> {
                try (RunDirectory directory = RunDirectory.open(folder)) {
                  directory.cutBackTo(1);
                  Provenance.start(folder);
                }
              })
          .as(name)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file + ": is a device or a pipe, not a file; ");
      Files.delete(file);
      if (exists) {
        Files.move(kept, file);
      }
    }
  }

  /** A folder where a file should be, so that opening it fails. */
  @ParameterizedTest
  @ValueSource(strings = {".lock", "metrics.jsonl", "previews.jsonl"})
  void opensAgainAfterItFailedToOpen(String name) throws IOException {
    Path folder = temporary.resolve("r");
    try (RunDirectory directory = RunDirectory.create(folder)) {
      directory.writeConfig("name: r");
      writeCheckpoint(directory);
      directory.appendMetrics(epoch(1));
    }
    Path inTheWay = folder.resolve(name);
    Path kept = temporary.resolve("kept");
    Files.move(inTheWay, kept);
    Files.createDirectory(inTheWay);
    assertThatThrownBy(() -> reopen(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(inTheWay + ": is a folder, not a file; ");
    assertThat(OpenFiles.below(folder)).isEmpty();
    Files.delete(inTheWay);
    Files.move(kept, inTheWay);
    reopen(folder);
  }

  private static void reopen(Path folder) {
    try (RunDirectory directory = RunDirectory.open(folder)) {
      directory.cutBackTo(1);
    }
  }

  @Test
  void isCutBackToItsCheckpoint() throws IOException {
    Path folder = killedAfterEpoch(3);
    try (RunDirectory directory = RunDirectory.open(folder)) {
      assertThat(directory.cutBackTo(3)).containsExactly(epoch(1), epoch(2), epoch(3));
      assertThat(directory.cutBackTo(2)).containsExactly(epoch(1), epoch(2));
      directory.appendMetrics(epoch(3));
    }
    assertThat(Metrics.read(folder)).containsExactly(epoch(1), epoch(2), epoch(3));
    assertThat(folder.resolve("previews.jsonl")).content().contains("雨2").doesNotContain("雨3");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void refusesToGoOnWithoutTheEpochsOfTheCheckpoint() throws IOException {
    try (RunDirectory directory = RunDirectory.open(killedAfterEpoch(2))) {
      assertThatThrownBy(() -> directory.cutBackTo(3))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("it has 2 epochs, but the checkpoint 3");
    }
    assertThatThrownBy(() -> RunDirectory.open(temporary))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no config.yaml");
  }

  @Test
  void belongsToOneAtATime() throws IOException {
    Path folder = killedAfterEpoch(1);
    try (RunDirectory directory = RunDirectory.open(folder)) {
      assertThatThrownBy(() -> RunDirectory.open(folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another process is training this run");
      assertThat(directory.cutBackTo(1)).hasSize(1);
    }
    RunDirectory.open(folder).close();
  }

  @Test
  void previewsAreOneLineEach() throws IOException {
    try (RunDirectory directory = RunDirectory.create(temporary.resolve("r"))) {
      directory.appendPreview(new Preview(50, "分开", " \"雨\n"));
    }
    assertThat(temporary.resolve("r/previews.jsonl"))
        .hasContent("{\"epoch\":50,\"prefix\":\"分开\",\"text\":\" \\\"雨\\n\"}\n");
    assertThat(Previews.read(temporary.resolve("r")))
        .containsExactly(new Preview(50, "分开", " \"雨\n"));
  }

  @Test
  void provenanceSaysWhereResultsComeFrom() throws IOException {
    Provenance running =
        new Provenance(
            new Build("0.1", "abc"),
            "scratch",
            "Lyricist",
            "cpu",
            2,
            Provenance.Text.of(TextCorpus.of("songs.txt", "aab")),
            Instant.EPOCH,
            null,
            null,
            Provenance.Status.RUNNING);
    try (RunDirectory directory = RunDirectory.create(temporary.resolve("r"))) {
      directory.writeProvenance(running);
      assertThat(temporary.resolve("r/run.json"))
          .content()
          .contains("\"status\" : \"running\"", "\"end\" : null", "\"commit\" : \"abc\"");
      directory.writeProvenance(
          running.ended(Instant.ofEpochSecond(1), Provenance.Status.FINISHED));
      assertThat(temporary.resolve("r/run.json"))
          .content()
          .contains(
              "\"status\" : \"finished\"",
              "\"end\" : \"1970-01-01T00:00:01Z\"",
              "\"characters\" : 3",
              "\"vocabulary\" : 2",
              // sha256sum of "aab"
              "\"sha256\" : \"38760eabb666e8e61ee628a17c4090cc50728e095ff24218119d51bd22475363\"");
    }
  }

  @Test
  void safetensorsAreWrittenAsTheFormatSays() throws IOException {
    Parameters parameters = new Parameters();
    parameters.put("a", new Shape(1, 2), new float[] {1, -2});
    parameters.put("b", new Shape(1), new float[] {0.5f});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, Map.of("k", "雨"), parameters, Map.of());
    String json =
        "{\"__metadata__\":{\"k\":\"雨\",\"data_sha256\":\"%s\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    byte[] data = {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0, 0, 0, 0, 0x3F};
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertThat(length % 8).isZero();
    byte[] header = new byte[length];
    bytes.get(header);
    assertThat(new String(header, UTF_8).stripTrailing())
        .isEqualTo(json.formatted(Sha256.of(data)));
    assertThat(List.of(bytes.getFloat(), bytes.getFloat(), bytes.getFloat()))
        .containsExactly(1f, -2f, 0.5f);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void aModelFileHoldsSpecAndVocabulary() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, ModelSpec.DEFAULT, CharacterTokenizer.of("ba🐍"), new Parameters());
    assertThat(out.toString(UTF_8))
        .contains("\"format\":\"lyricist\",\"format_version\":\"2\"")
        .contains("\\\"cell\\\":\\\"rnn\\\",\\\"hidden\\\":256,\\\"layers\\\":1")
        .contains("\"tokenizer\":\"character\",\"vocabulary\":\"ab\\uD83D\\uDC0D\"")
        .contains("\"data_sha256\":\"" + Sha256.of(new byte[0]) + "\"");
  }
}
