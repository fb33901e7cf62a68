package io.github.lyricist.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Sha256;
import io.github.lyricist.bench.Benchmark;
import io.github.lyricist.bench.BenchmarkJson;
import io.github.lyricist.bench.BenchmarkTable;
import io.github.lyricist.bench.BenchmarkTable.Change;
import io.github.lyricist.bench.Spread;
import io.github.lyricist.bench.Timing;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.interchange.TorchImport;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.report.Report;
import io.github.lyricist.report.RunCard;
import io.github.lyricist.report.RunJson;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Previews;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SafetensorsFile;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.run.TokenizerJson;
import io.github.lyricist.sweep.Sweep;
import io.github.lyricist.sweep.SweepListener;
import io.github.lyricist.sweep.Trial;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All readers of files that may come from anyone, and what must hold of what they read. */
final class Readers {
  private static final Path CONFIGS = Path.of("..", "configs");
  private static final String TEXT = "爱 is 😀\r\nall\tyou\nneed 分开\n";

  private static final String SWEEP =
      """
      name: s
      base: b.yaml
      search: random
      trials: 3
      objective: perplexity
      space:
        training.optimizer.learningRate: {log: [1e-3, 0.1]}
        model.layers: {linear: [1, 3]}
        model.cell: [rnn, gru]
      """;
  private static final String HALVING =
      """
      base: b.yaml
      search: halving
      halving: {factor: 2, from: 1}
      objective: perplexity
      space: {seed: [1, 2], training.optimizer: [{type: adam}, {type: sgd, momentum: 0.5}]}
      """;
  private static final SweepListener NOTHING =
      new SweepListener() {
        @Override
        public void rung(int trials, int epochs) {}

        @Override
        public void ended(Trial trial, TrialOutcome outcome) {}
      };

  private final Path folder;
  private final List<ExperimentSpec> experiments;
  private final List<Path> runs = new ArrayList<>();

  /**
   * @param folder where files are written for them to read
   */
  Readers(Path folder) {
    this.folder = folder;
    this.experiments =
        List.of(
            ValidRun.experiment(
                CONFIGS.resolve("random-scratch.yaml"),
                "model.hidden=2",
                "sampler.batchSize=2",
                "corpus.validation=0.1"),
            ValidRun.experiment(
                CONFIGS.resolve("adam-lstm.yaml"),
                "model={cell: lstm, hidden: 3, layers: 2, embedding: 3, tieWeights: true, dropout: 0.5}",
                "sampler.batchSize=2"));
    for (ExperimentSpec experiment : experiments) {
      runs.add(ValidRun.write(folder.resolve("run" + runs.size()), experiment));
    }
  }

  List<Reader> all() throws IOException {
    return List.of(
        new Reader("config", Form.PLAIN, configs(), this::config),
        new Reader("sweep", Form.PLAIN, List.of(SWEEP, HALVING), this::sweep),
        new Reader(
            "trials",
            Form.PLAIN,
            List.of(ofSweep("trials.jsonl")),
            in -> trials(in, "trials.jsonl")),
        new Reader(
            "rungs", Form.PLAIN, List.of(ofSweep("rungs.jsonl")), in -> trials(in, "rungs.jsonl")),
        new Reader("setting", Form.PLAIN, settings(), this::setting),
        new Reader("text", Form.PLAIN, List.of(latin(TEXT)), in -> corpus(in, "text.txt")),
        new Reader("known", Form.PLAIN, List.of(latin(TEXT)), this::known),
        new Reader("gzip", Form.ARCHIVE, List.of(gzip(TEXT), gzip("a分")), in -> corpus(in, "t.gz")),
        new Reader("zip", Form.ARCHIVE, zips(), this::zip),
        new Reader("safetensors", Form.SAFETENSORS, of("model.safetensors"), this::safetensors),
        new Reader("model", Form.SAFETENSORS, of("model.safetensors"), this::model),
        new Reader("checkpoint", Form.SAFETENSORS, of("checkpoint.safetensors"), this::checkpoint),
        new Reader("statedict", Form.SAFETENSORS, of("model.safetensors"), this::stateDict),
        new Reader("vocabulary", Form.PLAIN, vocabularies(), this::vocabulary),
        new Reader("tokenizer", Form.PLAIN, List.of(tokenizer()), this::tokenizer),
        new Reader("wordmodel", Form.SAFETENSORS, List.of(wordModel()), this::model),
        new Reader("metrics", Form.PLAIN, of("metrics.jsonl"), in -> run(in, "metrics.jsonl")),
        new Reader("previews", Form.PLAIN, of("previews.jsonl"), in -> run(in, "previews.jsonl")),
        new Reader("provenance", Form.PLAIN, of("run.json"), in -> run(in, "run.json")),
        new Reader("runconfig", Form.PLAIN, of("config.yaml"), in -> run(in, "config.yaml")),
        new Reader("benchmarks", Form.PLAIN, List.of(benchmarks()), this::benchmarks),
        new Reader("report", Form.PLAIN, of("metrics.jsonl"), this::report),
        new Reader("resume", Form.PLAIN, of("metrics.jsonl"), this::resume));
  }

  private void sweep(byte[] input) throws IOException {
    SweepConfig sweep = SweepConfig.read(Files.write(folder.resolve("s.yaml"), input));
    sweep.spec().space().draw(new RandomStreams(1).stream(Purpose.SWEEP, 0));
  }

  /** A file of a sweep of which a rung has ended. */
  private String ofSweep(String name) throws IOException {
    Path at = folder.resolve("sweep");
    if (!Files.exists(at)) {
      Files.writeString(folder.resolve("b.yaml"), "corpus: {source: bundled:songs}");
      SweepConfig sweep = SweepConfig.read(Files.writeString(folder.resolve("s.yaml"), HALVING));
      try (Sweep begun = Sweep.begin(sweep, at, model -> null)) {
        begun.run((config, run, epochs) -> null, 1, NOTHING, () -> false);
      }
    }
    return Files.readString(at.resolve(name), ISO_8859_1);
  }

  private void trials(byte[] input, String name) throws IOException {
    Path at = folder.resolve("sweep");
    byte[] whole = Files.readAllBytes(at.resolve(name));
    Files.write(at.resolve(name), input);
    try (Sweep sweep = Sweep.resume(at)) {
      assertThat(sweep.ranking()).hasSize(sweep.trials().size());
    } finally {
      Files.write(at.resolve(name), whole);
    }
  }

  private static String benchmarks() throws IOException {
    Workload workload = new Workload(Cell.GRU, 2, 64, 128, 65, 50, 40);
    Timing timing = new Timing("a", workload, new Spread(3, 2, 4), OptionalLong.of(7));
    Benchmark benchmark = new Benchmark(2, Map.of("a", "A 1"), Map.of("a", 1.5), List.of(timing));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BenchmarkJson.write(bytes, BenchmarkTable.here(List.of(benchmark)));
    return bytes.toString(ISO_8859_1);
  }

  private void benchmarks(byte[] input) throws IOException {
    BenchmarkTable table = BenchmarkJson.read(Files.write(folder.resolve("bench.json"), input));
    assertThat(table.since(table)).noneMatch(Change::isSlower);
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** A file of each of the runs. */
  private List<String> of(String name) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path run : runs) {
      files.add(Files.readString(run.resolve(name), ISO_8859_1));
    }
    return files;
  }

  private List<String> configs() throws IOException {
    List<String> configs = of("config.yaml");
    for (String name : List.of("random-scratch.yaml", "adam-lstm.yaml")) {
      configs.add(Files.readString(CONFIGS.resolve(name), ISO_8859_1));
    }
    return configs;
  }

  private void config(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("config.yaml"), input);
    requireRoundTrip(ConfigReader.read(file, List.of(), folder, Readers::architecture).spec());
  }

  private static ModelSpec architecture(Path model) {
    return SavedModel.open(model).spec();
  }

  private void requireRoundTrip(ExperimentSpec spec) throws IOException {
    Path file = Files.writeString(folder.resolve("complete.yaml"), ConfigWriter.write(spec));
    assertThat(ConfigReader.readOfRun(file, List.of()).spec()).isEqualTo(spec);
  }

  private List<String> settings() {
    return List.of(
        "preview.prefixes=[a, \"b \"]",
        "training.optimizer={type: adam, learningRate: 1e-3, beta1: 0.9}",
        "training.schedule={type: step, factor: 0.5, every: 3, from: 7}",
        "corpus.source=a.txt");
  }

  private void setting(byte[] input) throws IOException {
    Setting setting = Setting.parse(new String(input, UTF_8));
    Path file = CONFIGS.resolve("random-scratch.yaml");
    requireRoundTrip(
        ConfigReader.read(file, List.of(setting), folder, Readers::architecture).spec());
  }

  private void known(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("known.txt"), input);
    List<String> notices = new ArrayList<>();
    Corpus corpus =
        reader(file.toString(), Unknown.DROP, notices)
            .read(ValidRun.TOKENIZER, unknown -> notices.add(unknown.sentence()))
            .whole();
    requireShowable(notices);
    assertThat(corpus.size()).isPositive();
  }

  private static void requireShowable(List<String> notices) {
    notices.forEach(notice -> assertThat(Refusal.fault(notice)).isEmpty());
  }

  private void corpus(byte[] input, String name) throws IOException {
    corpus(Files.write(folder.resolve(name), input).toString());
  }

  private void corpus(String source) throws IOException {
    List<String> notices = new ArrayList<>();
    try {
      Corpus corpus = reader(source, Unknown.ERROR, notices).read().whole();
      int[] ids = new int[(int) corpus.size()];
      corpus.read(0, ids, 0, ids.length);
      String text = corpus.tokenizer().decode(ids);
      assertThat(Sha256.of(text.getBytes(UTF_8))).isEqualTo(corpus.sha256());
      requireWhole(text);
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> source);
    } finally {
      requireShowable(notices);
    }
  }

  private static CorpusReader reader(String source, Unknown unknown, List<String> notices) {
    CorpusSpec spec = CorpusSpec.of(source).withNewlines(Newlines.KEEP).withUnknown(unknown);
    return new CorpusReader(spec, 1, TextCache.none(), notices::add);
  }

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toString(ISO_8859_1);
  }

  private static List<String> zips() throws IOException {
    return List.of(zipOf("song.txt"), zipOf("songs/", "songs/a.txt", "songs/词.txt", ".DS_Store"));
  }

  private static String zipOf(String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.endsWith("/") ? new byte[0] : TEXT.getBytes(UTF_8));
      }
    }
    return bytes.toString(ISO_8859_1);
  }

  private void zip(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("t.zip"), input);
    try {
      corpus(file + "!/songs/a.txt");
    } catch (InvalidInputException e) {
      if (Refusal.fault(e).isPresent()) {
        throw e;
      }
      corpus(file.toString());
    }
  }

  private void safetensors(byte[] input) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(Files.write(folder.resolve("s"), input));
    Parameters read = file.read(List.copyOf(file.shapes().keySet()));
    file.shapes().forEach((name, shape) -> assertThat(read.shape(name)).isEqualTo(shape));
  }

  private void model(byte[] input) throws IOException {
    SavedModel model = SavedModel.open(Files.write(folder.resolve("model.safetensors"), input));
    Parameters parameters = model.parameters();
    parameters.requireShapes(model.spec().shapes(model.tokenizer().size()));
    assertThat(parameters.areFinite()).isTrue();
    requireWhole(model.tokenizer().content());
  }

  private static void requireWhole(String text) {
    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
  }

  private void checkpoint(byte[] input) throws IOException {
    Files.write(folder.resolve("checkpoint.safetensors"), input);
    CheckpointFile checkpoint = CheckpointFile.open(folder);
    checkpoint.experiment();
    checkpoint.corpusSha256();
    checkpoint.model().parameters();
    for (ExperimentSpec experiment : experiments) {
      if (experiment.model().equals(checkpoint.model().spec())) {
        TrainingState state = checkpoint.training(experiment.training().optimizer(), 2);
        assertThat(state.totals().crossEntropy()).isFinite();
        assertThat(state.totals().gradientNorms()).isFinite();
        assertThat(state.totals().seconds()).isFinite();
      }
    }
  }

  private void stateDict(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("statedict"), input);
    Path vocabulary = Files.writeString(folder.resolve("vocabulary"), vocabularies().get(0));
    imported(file, vocabulary);
  }

  private static void imported(Path stateDict, Path vocabulary) {
    TorchImport model = TorchImport.read(stateDict, vocabulary, Tokens.CHARACTER, null);
    model.parameters().requireShapes(model.spec().shapes(model.tokenizer().size()));
    assertThat(model.parameters().areFinite()).isTrue();
    requireWhole(model.tokenizer().content());
  }

  private static List<String> vocabularies() {
    return List.of(
        "[\"a\", \"b\", \"\\n\", \"\\ud83d\\ude00\"]",
        "{\"a\": 0, \"\\n\": 1, \"0\": 2, \"b\": 3}",
        "{\"0\": \"a\", \"1\": \"\\n\", \"2\": \"b\", \"3\": \"0\"}");
  }

  private void vocabulary(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("vocabulary"), input);
    imported(runs.get(0).resolve("model.safetensors"), file);
  }

  private static String tokenizer() throws IOException {
    Path run = Files.createTempDirectory("tokenizer").resolve("run");
    try (RunDirectory directory = RunDirectory.create(run)) {
      directory.writeTokenizer(Tokenizer.of("bpe", false, "a b\nĠ a\nab c"));
    }
    return Files.readString(run.resolve("tokenizer.json"), ISO_8859_1);
  }

  private void tokenizer(byte[] input) throws IOException {
    Tokenizer tokenizer =
        TokenizerJson.parse("tokenizer.json", "give another", input).subwords().tokenizer();
    assertThat(tokenizer.decode(tokenizer.encode(TEXT))).isEqualTo(TEXT);
  }

  private static String wordModel() throws IOException {
    Path run = Files.createTempDirectory("words").resolve("run");
    Tokenizer words = Tokenizer.of("word", true, "a\nb\nĠ");
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    try (RunDirectory directory = RunDirectory.create(run)) {
      directory.writeModel(
          spec, words, Initialization.DEFAULT.draw(spec, words.size(), new RandomStreams(1)));
    }
    return Files.readString(run.resolve("model.safetensors"), ISO_8859_1);
  }

  /** Reads a run with another file in place of its own. */
  private void run(byte[] input, String name) throws IOException {
    Path run = with(input, name);
    StoredRun stored = StoredRun.read(run);
    RunJson.of(List.of(stored));
    RunJson.of(RunCard.read(run));
    assertThat(stored.epochs()).isEqualTo(Metrics.read(run));
    assertThat(stored.previews()).isEqualTo(Previews.read(run));
    Provenance.start(run);
  }

  private Path with(byte[] input, String name) throws IOException {
    Path run = folder.resolve("with-" + name);
    if (!Files.isDirectory(run)) {
      ValidRun.write(run, experiments.get(0));
    }
    Files.write(run.resolve(name), input);
    return run;
  }

  private void report(byte[] input) throws IOException {
    Path run = with(input, "metrics.jsonl");
    List<String> notices = new ArrayList<>();
    Report.write(List.of(run), folder.resolve("report.html"), notices::add);
    requireShowable(notices);
  }

  /** A resumption cuts nothing, or whole lines of later epochs and what is no line. */
  private void resume(byte[] input) throws IOException {
    Path run = with(input, "metrics.jsonl");
    Path file = run.resolve("metrics.jsonl");
    byte[] left;
    try (RunDirectory directory = RunDirectory.open(run)) {
      assertThat(directory.cutBackTo(2)).isEqualTo(Metrics.read(run));
    } catch (InvalidInputException e) {
      assertThat(Files.readAllBytes(file)).isEqualTo(input);
      throw e;
    }
    left = Files.readAllBytes(file);
    assertThat(new String(input, ISO_8859_1)).startsWith(new String(left, ISO_8859_1));
  }
}
