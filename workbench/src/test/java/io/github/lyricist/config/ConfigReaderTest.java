package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec.CheckpointSpec;
import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.corpus.HeldOut;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import io.github.lyricist.training.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final Path FOLDER = Path.of("/songs");
  private static final Path CURRENT = Path.of("/elsewhere");
  private static final SavedArchitecture SAVED = model -> SavedModel.open(model).spec();

  private static Config read(String yaml, String... settings) {
    return ConfigReader.read(
        "c.yaml",
        yaml,
        Arrays.stream(settings).map(Setting::parse).toList(),
        new Context(FOLDER, CURRENT, SAVED));
  }

  private static final String LEAST = "corpus: {source: bundled:songs}\n";

  @Test
  void theDefaultsAreTheTutorials() {
    assertThat(read(LEAST).spec())
        .isEqualTo(
            new ExperimentSpec(
                "random-scratch",
                1,
                "scratch",
                DeviceRequest.AUTO,
                null,
                new CorpusSpec(
                    List.of("bundled:songs"),
                    "\n",
                    Newlines.SPACE,
                    null,
                    CorpusSpec.Tokens.CHARACTER,
                    null,
                    1,
                    new HeldOut.Share(0),
                    new HeldOut.Share(0),
                    CorpusSpec.Split.END,
                    Unknown.ERROR),
                new SamplerSpec(SamplerSpec.Type.RANDOM, 32, 35, false),
                new ModelSpec(Cell.RNN, 256, 1, null, false, 0.0, false),
                new Initialization(Initialization.Type.NORMAL, 0.01),
                Dropout.Kind.EACH,
                null,
                new TrainingSpec(250, new Sgd(100, 0), 0.01, null, new Constant(), 1, 1, null),
                false,
                new PreviewSpec(50, null, 50, 0),
                new CheckpointSpec(25, 10)));
  }

  @Test
  void readsEveryKey() {
    ExperimentSpec spec =
        read("""
                name: my-run
                seed: -7
                backend: nd4j
                device: cuda:1
                threads: 3
                corpus:
                  source: [bundled:songs, /a.txt]
                  separator: "--"
                  newlines: keep
                  limit: 5
                  validation: 0.1
                  tokens: word
                  vocabulary: 100
                  minCount: 2
                  test: /test.txt
                  split: streams
                  unknown: grow
                sampler: {type: consecutive, batchSize: 2, steps: 4, carryState: true}
                model:
                  cell: lstm
                  hidden: 8
                  layers: 2
                  embedding: 8
                  tieWeights: true
                  dropout: 0.25
                  dropoutKind: locked
                  init: uniform
                  initScale: 0.5
                  recurrentBias: true
                  from: null
                training:
                  epochs: 0
                  optimizer: {type: adam, learningRate: 1e-3}
                  clipNorm: null
                  accumulate: 4
                  shards: 2
                  schedule: {type: plateau, factor: 0.1, patience: 2}
                  earlyStop: 5
                  tensorboard: true
                preview: {every: 0, prefixes: [], length: 9, temperature: 0.5}
                checkpoint: {every: 1, everyMinutes: 2}
                """)
            .spec();
    assertThat(spec)
        .isEqualTo(
            new ExperimentSpec(
                "my-run",
                -7,
                "nd4j",
                DeviceRequest.parse("cuda:1"),
                3,
                new CorpusSpec(
                    List.of("bundled:songs", "/a.txt"),
                    "--",
                    Newlines.KEEP,
                    5,
                    CorpusSpec.Tokens.WORD,
                    100,
                    2,
                    new HeldOut.Share(0.1),
                    new HeldOut.OwnText("/test.txt"),
                    CorpusSpec.Split.STREAMS,
                    Unknown.GROW),
                new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 2, 4, true),
                new ModelSpec(Cell.LSTM, 8, 2, 8, true, 0.25, true),
                new Initialization(Initialization.Type.UNIFORM, 0.5),
                Dropout.Kind.LOCKED,
                null,
                new TrainingSpec(
                    0, new Adam(1e-3, 0.9, 0.999, 1e-8), null, null, new Plateau(0.1, 2), 4, 2, 5),
                true,
                new PreviewSpec(0, List.of(), 9, 0.5),
                new CheckpointSpec(1, 2)));
  }

  @Test
  void aModelToStartFromBringsItsArchitecture(@TempDir Path folder) {
    ModelSpec saved = new ModelSpec(Cell.GRU, 3, 2, 4, false, 0.5, true);
    Tokenizer tokenizer = CharacterTokenizer.of("ab");
    Parameters parameters =
        Initialization.DEFAULT.draw(saved, tokenizer.size(), new RandomStreams(1));
    Path run = folder.resolve("first");
    try (RunDirectory directory = RunDirectory.create(run)) {
      directory.writeModel(saved, tokenizer, parameters);
    }
    ExperimentSpec spec = read(LEAST + "model: {from: " + run + ", dropout: 0.1}").spec();
    assertThat(spec.model()).isEqualTo(saved.withDropout(0.1));
    assertThat(spec.from()).isEqualTo(run.toString());
    assertThat(read(LEAST + "model: {from: " + run + "}").spec().model())
        .isEqualTo(saved.withDropout(0));
    assertThatThrownBy(() -> read(LEAST + "model: {from: " + run + ", hidden: 256}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "c\\.yaml:2:\\d+: contradicts the model to start from: hidden is 256 here and 3 there;"
                + " take such keys out; --set 'model=\\{from: …}' takes all from the model");
    assertThatThrownBy(() -> read(LEAST + "model: {from: " + run + ", layers: 7, cell: lstm}"))
        .hasMessageContaining("cell is lstm here and gru there, layers is 7 here and ");
  }

  @Test
  void anOptimizerHasItsOwnDefaults() {
    assertThat(read(LEAST + "training: {optimizer: {type: adam}}").spec().training().optimizer())
        .isEqualTo(new Adam(0.002, 0.9, 0.999, 1e-8));
    assertThat(read(LEAST + "training: {optimizer: {type: rmsprop}}").spec().training().optimizer())
        .isEqualTo(new RmsProp(0.002, 0.99, 1e-8));
    assertThat(read(LEAST + "training: {schedule: {type: step}}").spec().training().schedule())
        .isEqualTo(Step.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bachSize: 1 | c.yaml:2:1: unknown key 'bachSize'; expected one of: backend",
        "sampler: {bachSize: 1} | c.yaml:2:11: unknown key 'bachSize' in 'sampler'; did you mean 'batchSize'?",
        "lr: 1 | c.yaml:2:1: unknown key 'lr'; did you mean 'training.optimizer.learningRate'?",
        "training: {lr: 1} | c.yaml:2:12: unknown key 'lr' in 'training'; did you mean 'training.optimizer.learningRate'?",
        "training: {learning_rate: 1} | c.yaml:2:12: unknown key 'learning_rate' in 'training'; did you mean 'training.optimizer.learningRate'?",
        "epochs: 1 | c.yaml:2:1: unknown key 'epochs'; did you mean 'training.epochs'?",
        "hidden_size: 1 | c.yaml:2:1: unknown key 'hidden_size'; did you mean 'model.hidden'?",
        "model: {hidden_size: 1} | c.yaml:2:9: unknown key 'hidden_size' in 'model'; did you mean 'hidden'?",
        "sampler: {batch_size: 1} | c.yaml:2:11: unknown key 'batch_size' in 'sampler'; did you mean 'batchSize'?",
        "model: {batch_size: 1} | c.yaml:2:9: unknown key 'batch_size' in 'model'; did you mean 'sampler.batchSize'?",
        "model: {cell: LSTM} | c.yaml:2:15: 'model.cell' is 'LSTM'; expected one of: rnn, gru, lstm (did you mean lstm?)",
        "training: {optimizer: adam} | c.yaml:2:23: 'training.optimizer' is 'adam'; expected keys and values, as in {type: adam}",
        "sampler: {steps: x} | c.yaml:2:18: 'sampler.steps' is 'x'; expected a whole number",
        "sampler: {steps: 1.5} | c.yaml:2:18: 'sampler.steps' is '1.5'; expected a whole number",
        "sampler: {steps: 0} | c.yaml:2:18: found 0; expected a whole number, at least 1",
        "sampler: {steps: 3000000000} | c.yaml:2:18: 'sampler.steps' is 3000000000; expected a whole number from",
        "sampler: 5 | c.yaml:2:10: 'sampler' is '5'; expected keys and values",
        "sampler: {type: sorted} | c.yaml:2:17: 'sampler.type' is 'sorted'; expected one of: random, consecutive",
        "sampler: {carryState: 1} | c.yaml:2:23: 'sampler.carryState' is '1'; expected true or false",
        "sampler: {carryState: true} | c.yaml:2:23: random sampling starts every batch from a zero state",
        "seed: 1.0 | c.yaml:2:7: 'seed' is '1.0'; expected a whole number",
        "name: a/b | c.yaml:2:7: found 'a/b'; expected up to 60 letters",
        "device: tpu | c.yaml:2:9: found 'tpu'; expected auto, cpu, cuda or cuda:N",
        "threads: 0 | c.yaml:2:10: found 0; expected auto or a whole number from 1 to 1024",
        "training: {clipNorm: .nan} | c.yaml:2:22: 'training.clipNorm' is '.nan'; expected a finite decimal number",
        "training: {clipNorm: 0} | c.yaml:2:22: found 0.0; expected a number above 0, or null",
        "training: {optimizer: {type: adam, momentum: 1}} | c.yaml:2:36: unknown key 'momentum' in 'training.optimizer'; expected one of: beta1",
        "model: {bidirectional: true} | c.yaml:2:24: a bidirectional network sees the characters that it should predict",
        "model: {tieWeights: true} | c.yaml:2:21: tied weights need an embedding",
        "training: {optimizer: {type: adam, learningRate: 0}} | c.yaml:2:50: found 0.0; expected a number above 0",
        "training: {clipValue: -1} | c.yaml:2:23: found -1.0; expected a number above 0, or null",
        "training: {earlyStop: 3} | c.yaml:2:23: nothing is held out to judge by; set corpus.validation",
        "training: {schedule: {type: plateau}} | c.yaml:2:22: nothing is held out that could reach a plateau",
        "model: {layers: 1025} | c.yaml:2:17: found 1025; expected a whole number from 1 to 1024",
        "model: {from: nowhere} | /nowhere: there is no such file or folder",
        "preview: {prefixes: 分开} | c.yaml:2:21: 'preview.prefixes' is '分开'; expected auto or a list",
        "preview: {prefixes: [1]} | c.yaml:2:22: 'preview.prefixes' is '1'; expected text",
        "corpus: {source: x} | c.yaml:2:1: the key 'corpus' stands here twice; keep one",
        "sampler: {carryState: no} | c.yaml:2:23: 'sampler.carryState' is 'no'; expected true or false",
        "sampler: {carryState: off} | c.yaml:2:23: 'sampler.carryState' is 'off'; expected true or false",
        "sampler: {carryState: 'true'} | c.yaml:2:23: 'sampler.carryState' is 'true'; expected true or false",
        "sampler: {steps: 1_000} | c.yaml:2:18: 'sampler.steps' is '1_000'; expected a whole number",
        "sampler: {steps: '8'} | c.yaml:2:18: 'sampler.steps' is '8'; expected a whole number",
        "sampler: {steps: ~} | c.yaml:2:18: 'sampler.steps' is '~'; expected a whole number",
        "sampler: {steps: 1e3} | c.yaml:2:18: 'sampler.steps' is '1e3'; expected a whole number",
        "seed: 99999999999999999999 | c.yaml:2:7: 'seed' is '99999999999999999999'; expected a whole number of at most 64 bits",
        "seed: [1] | c.yaml:2:7: 'seed' is a list; expected a whole number",
        "seed: {a: 1} | c.yaml:2:7: 'seed' is keys and values; expected a whole number",
        "threads: many | c.yaml:2:10: 'threads' is 'many'; expected auto or a whole number",
        "training: {clipNorm: yes} | c.yaml:2:22: 'training.clipNorm' is 'yes'; expected a number or null",
        "training: {clipNorm: .inf} | c.yaml:2:22: 'training.clipNorm' is '.inf'; expected a finite decimal number",
        "name: ~ | c.yaml:2:7: 'name' is '~'; expected text",
        "name: 1e-3 | c.yaml:2:7: 'name' is '1e-3'; expected text",
        "name: 0o17 | c.yaml:2:7: 'name' is '0o17'; expected text",
        "name: | c.yaml:2:6: 'name' is ''; expected text",
        "model: {<<: {hidden: 1}} | c.yaml:2:9: unknown key '<<' in 'model'",
        "model: {hidden: 1, hidden: 2} | c.yaml:2:20: the key 'hidden' stands here twice; keep one",
        "model: {from: *x} | c.yaml:2:15: an alias, *x, is not allowed here",
        "model: {from: &x a} | c.yaml:2:15: an anchor, &x, is not allowed here",
        "training: {optimizer: {type: adagrad}} | c.yaml:2:30: 'training.optimizer.type' is 'adagrad'; expected one of: sgd, adam, adamw, rmsprop",
        "training: {optimizer: sgd} | c.yaml:2:23: 'training.optimizer' is 'sgd'; expected keys and values, as in {type: sgd}",
        "training.epochs: 1 | c.yaml:2:1: unknown key 'training.epochs'",
        "name: !!str x | c.yaml:2:7: a YAML tag",
        "name: [a | not YAML"
      })
  void namesThePlaceOfAFault(String line, String message) {
    assertThatThrownBy(() -> read(LEAST + line))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCorpusIsTheOneThingNeeded() {
    assertThatThrownBy(() -> read("seed: 1"))
        .hasMessage("c.yaml: 'corpus.source' is missing; name a text file, or bundled:songs");
    assertThatThrownBy(() -> read("corpus: {sourc: x}"))
        .hasMessage("c.yaml:1:10: unknown key 'sourc' in 'corpus'; did you mean 'source'?");
    assertThatThrownBy(() -> read(""))
        .hasMessageContaining("c.yaml:1:1: the document has no keys and values");
  }

  @Test
  void boundsWhatItReads() {
    assertThatThrownBy(() -> read("a: " + "[".repeat(50) + "]".repeat(50)))
        .hasMessageContaining("nested deeper than the limit of " + Limits.CONFIG_DEPTH);
    assertThatThrownBy(() -> read("a: &a 1\nb: [" + "*a, ".repeat(51) + "]"))
        .hasMessageContaining("c.yaml:1:4: an anchor, &a, is not allowed here");
  }

  @Test
  void aSettingStandsInPlaceOfTheFilesValue() {
    ExperimentSpec spec =
        read(
                LEAST + "training: {clipNorm: 0.5, epochs: 3}",
                "training.clipNorm=null",
                "seed=1",
                "seed=2",
                "preview.prefixes=[春, 雨]",
                "training.optimizer={type: adam}")
            .spec();
    assertThat(spec.training().clipNorm()).isNull();
    assertThat(spec.training().epochs()).isEqualTo(3);
    assertThat(spec.training().optimizer()).isEqualTo(Adam.DEFAULT);
    assertThat(spec.seed()).isEqualTo(2);
    assertThat(spec.preview().prefixes()).containsExactly("春", "雨");
  }

  @Test
  void aFaultInASettingNamesTheSetting() {
    assertThatThrownBy(() -> read(LEAST, "sampler.steps=x"))
        .hasMessage("--set sampler.steps=x: 'sampler.steps' is 'x'; expected a whole number");
    assertThatThrownBy(() -> read(LEAST, "sampler.stps=1"))
        .hasMessage("--set sampler.stps=1: unknown key 'stps' in 'sampler'; did you mean 'steps'?");
    assertThatThrownBy(() -> Setting.parse("seed"))
        .hasMessageContaining("--set seed: there is no '='");
  }

  @Test
  void yamlsTrapsDoNotBite() {
    ExperimentSpec spec =
        read(LEAST
                + """
                      name: no
                      backend: off
                      sampler: {batchSize: 0o17, steps: 0x1F}
                      model: {dropout: 1e-3, hidden: 0012}
                      training: {optimizer: {learningRate: 0x10}, earlyStop: ~}
                      preview: {prefixes: [no, 1_000, 'The ', "a\\tb ", yes, <<, 1:30]}
                      """)
            .spec();
    assertThat(spec.name()).isEqualTo("no");
    assertThat(spec.backend()).isEqualTo("off");
    assertThat(spec.sampler().batchSize()).isEqualTo(15);
    assertThat(spec.sampler().steps()).isEqualTo(31);
    assertThat(spec.model().dropout()).isEqualTo(0.001);
    assertThat(spec.model().hidden()).isEqualTo(12);
    assertThat(spec.training().optimizer().learningRate()).isEqualTo(16);
    assertThat(spec.training().earlyStop()).isNull();
    assertThat(spec.preview().prefixes())
        .containsExactly("no", "1_000", "The ", "a\tb ", "yes", "<<", "1:30");
    assertThat(read("\uFEFF" + LEAST.replace("\n", "\r\n") + "seed: 5\r\n").spec().seed())
        .isEqualTo(5);
    assertThat(ConfigWriter.write(read(ConfigWriter.write(spec)).spec()))
        .isEqualTo(ConfigWriter.write(spec));
  }

  @Test
  void yamlsTrapsDoNotBiteInASetting() {
    assertThat(
            read(LEAST, "preview.prefixes=[\"The \", no, 1_000]", "name=off", "seed=0x1F").spec())
        .satisfies(
            spec -> {
              assertThat(spec.preview().prefixes()).containsExactly("The ", "no", "1_000");
              assertThat(spec.name()).isEqualTo("off");
              assertThat(spec.seed()).isEqualTo(31);
            });
    for (String value :
        List.of("&a 1", "*a", "!!int 1", "1\n--- 2", "{a: 1, a: 2}", "[1", "\u0001")) {
      assertThatThrownBy(() -> read(LEAST, "seed=" + value))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("--set seed=" + Excerpt.of(value) + ": ");
    }
    assertThatThrownBy(() -> read(LEAST, "seed="))
        .hasMessage("--set seed=: 'seed' is ''; expected a whole number");
    assertThatThrownBy(() -> read(LEAST, "a.".repeat(10_000) + "a=1"))
        .hasMessageContaining("nested deeper than the limit of " + Limits.CONFIG_DEPTH);
  }

  @Test
  void messagesStayShort() {
    String name = "n".repeat(100_000);
    String shown = "n".repeat(100) + "…";
    assertThatThrownBy(() -> read(LEAST + "name: " + name))
        .hasMessageStartingWith("c.yaml:2:7: found '" + shown + "'; expected");
    assertThatThrownBy(() -> read(LEAST + "seed: " + name))
        .hasMessage("c.yaml:2:7: 'seed' is '" + shown + "'; expected a whole number");
    assertThatThrownBy(() -> read(LEAST + "? " + name + "\n: 1"))
        .hasMessageStartingWith("c.yaml:2:3: unknown key '" + shown + "'; expected one of: ");
    assertThatThrownBy(() -> read(LEAST, "seed=" + name))
        .hasMessage(
            "--set seed="
                + "n".repeat(89)
                + "…: 'seed' is '"
                + shown
                + "'; expected a whole number");
    assertThatThrownBy(() -> read(LEAST + "seed: 'a\n\n  b'"))
        .hasMessage("c.yaml:2:7: 'seed' is 'a\\nb'; expected a whole number");
  }

  @Test
  void pathsAreRelativeToWhereTheyWereWritten() {
    assertThat(read("corpus: {source: a.txt}").spec().corpus().source()).isEqualTo("/songs/a.txt");
    assertThat(read(LEAST, "corpus.source=a.txt").spec().corpus().source())
        .isEqualTo("/elsewhere/a.txt");
    assertThatThrownBy(() -> read(LEAST, "model.from=runs/x"))
        .hasMessageStartingWith("/elsewhere/runs/x: there is no such file or folder");
    assertThat(read("corpus: {source: /b.txt}").spec().corpus().source()).isEqualTo("/b.txt");
  }

  @Test
  void aTildeIsTheHomeFolderWhereverAPathIsWritten() {
    String home = System.getenv("HOME");
    assertThat(read("corpus: {source: ~/a.txt}").spec().corpus().source())
        .isEqualTo(home + "/a.txt");
    assertThat(read(LEAST, "corpus.source=~/a.txt").spec().corpus().source())
        .isEqualTo(home + "/a.txt");
    assertThatThrownBy(() -> read(LEAST, "model.from=~/no/such/run"))
        .hasMessageStartingWith(home + "/no/such/run: there is no such file or folder");
  }

  @Test
  void laterFaultsFindTheirPlaceToo() {
    Config config = read(LEAST + "preview:\n  every: 5\n", "seed=3");
    assertThat(config.place("preview.every")).isEqualTo("c.yaml:3:10");
    assertThat(config.place("preview.prefixes")).isEqualTo("c.yaml:3:3");
    assertThat(config.place("seed")).isEqualTo("--set seed=3");
    assertThat(config.place("backend")).isEqualTo("c.yaml");
  }

  @Test
  void refusesFilesThatAreNoConfig(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> ConfigReader.read(missing, List.of(), CURRENT, SAVED))
        .hasMessageStartingWith(missing + ": there is no such file");
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    assertThatThrownBy(() -> ConfigReader.read(latin, List.of(), CURRENT, SAVED))
        .hasMessageStartingWith(latin + ": not UTF-8");
    Path large =
        Files.writeString(folder.resolve("large.yaml"), "#".repeat(Limits.CONFIG_BYTES + 1));
    assertThatThrownBy(() -> ConfigReader.read(large, List.of(), CURRENT, SAVED))
        .hasMessageContaining("larger than the limit of 1.05 MB");
  }

  /** As in a file whose keys under a section are all commented out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampler",
        "model",
        "training",
        "preview",
        "checkpoint",
        "training.optimizer",
        "training.schedule"
      })
  void aSectionWithoutKeysHasItsDefaults(String path) {
    String section = path.replace(".", ":\n  ");
    for (String empty : List.of("", " # all commented out", " null", " ~", " {}")) {
      assertThat(read(LEAST + section + ":" + empty + "\n").spec()).isEqualTo(read(LEAST).spec());
    }
    assertThat(read(LEAST, path + "=").spec()).isEqualTo(read(LEAST).spec());
  }

  @Test
  void nullIsAValueOfItsOwnWhereAKeyMayBeNull() {
    ExperimentSpec spec = read(LEAST + "training:\n  clipNorm:\n  clipValue: null\n").spec();
    assertThat(spec.training().clipNorm()).isNull();
    assertThat(read(LEAST + "training:\n").spec().training().clipNorm()).isEqualTo(0.01);
    assertThat(read(LEAST + "training:\n", "training.clipNorm=null").spec().training().clipNorm())
        .isNull();
    assertThatThrownBy(() -> read("corpus:\n"))
        .hasMessage("c.yaml:1:8: 'corpus.source' is missing; name a text file, or bundled:songs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed：2 | 2:5 | seed",
        "seed ： 2 | 2:6 | seed",
        "sampler:%n  batchSize：4 | 3:12 | batchSize",
        "sampler:%n  type: random%n  batchSize：4 | 4:12 | batchSize",
        "sampler:%n  type: random%n    batchSize：4 | 4:14 | batchSize",
        "sampler：%n  type: random | 2:8 | sampler",
        "training: {epochs: 1, optimizer： {type: sgd}} | 2:32 | optimizer",
        "preview：{every: 1} | 2:8 | preview"
      })
  void aFullWidthColonIsCalledByItsName(String lines, String place, String key) {
    String yaml = LEAST + lines.replace("%n", "\n") + "\n";
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "c.yaml:%s: the colon after '%s' is full-width, '：'; write an ordinary one and a space:"
                    .formatted(place, key)
                + " '%s: …'".formatted(key));
  }

  @Test
  void aFullWidthColonInATextIsNoFault() {
    assertThat(
            read(LEAST + "preview:\n  prefixes:\n    - 男：\n    - say：\n")
                .spec()
                .preview()
                .prefixes())
        .containsExactly("男：", "say：");
    assertThatThrownBy(() -> read(LEAST + "preview: {prefixes: [say：], every: x}"))
        .hasMessageContaining("'preview.every' is 'x'");
    assertThatThrownBy(() -> read(LEAST, "sampler={type：random}"))
        .hasMessageStartingWith(
            "--set sampler={type：random}: the colon after 'type' is full-width");
    assertThatThrownBy(() -> read(LEAST + "x".repeat(200) + "：1"))
        .hasMessageEndingWith("a space: '" + "x".repeat(100) + "…: …'");
  }
}
