package io.github.lyricist.fuzz;

import io.github.lyricist.Build;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.EpochTotals;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Run directories as a run writes them, without an engine. */
final class ValidRun {
  static final Tokenizer TOKENIZER = CharacterTokenizer.of("a分\n😀");
  static final int EPOCHS = 3;
  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private ValidRun() {}

  /** An experiment that differs from the tutorial's by these settings. */
  static ExperimentSpec experiment(Path config, String... settings) {
    List<Setting> parsed = Stream.of(settings).map(Setting::parse).toList();
    return ConfigReader.read(config, parsed, Path.of(""), model -> null).spec();
  }

  /** Writes a run that was trained for some epochs. */
  static Path write(Path folder, ExperimentSpec spec) {
    Parameters weights = parameters(spec, 1);
    try (RunDirectory run = RunDirectory.create(folder)) {
      run.writeConfig(ConfigWriter.write(spec));
      run.writeProvenance(
          new Provenance(
              Build.current(),
              "scratch",
              "scratch 0.1.0",
              "cpu",
              2,
              new Provenance.Text("bundled:songs", SHA256, 1000, TOKENIZER.size()),
              START,
              null,
              START.plusSeconds(60),
              Status.INTERRUPTED));
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        double perplexity = epoch == 1 ? Double.POSITIVE_INFINITY : 70.25 / epoch;
        run.appendMetrics(
            new EpochResult(
                epoch, perplexity, 1000.0 / epoch, 1.5, 0.5, 2000, 1.5, 0.1, 3.0 * epoch, 2.0));
        run.appendPreview(new Preview(epoch, "分", "a\n\"😀\\".repeat(epoch)));
      }
      run.writeModel(spec.model(), TOKENIZER, weights);
      Map<String, String> experiment = Map.of("seed", "1", "sampler.batchSize", "2");
      run.writeCheckpoint(spec.model(), TOKENIZER, experiment, SHA256, weights, state(spec));
    }
    return folder;
  }

  private static Parameters parameters(ExperimentSpec spec, long seed) {
    return new Initialization(Initialization.Type.PYTORCH, 1)
        .draw(spec.model(), TOKENIZER.size(), new RandomStreams(seed));
  }

  private static TrainingState state(ExperimentSpec spec) {
    Map<String, Parameters> remembered = new LinkedHashMap<>();
    for (String memory : spec.training().optimizer().remembered()) {
      Parameters trained = new Parameters();
      Parameters drawn = parameters(spec, 2);
      drawn.names().stream()
          .filter(spec.model()::isTrained)
          .forEach(name -> trained.put(name, drawn.shape(name), drawn.get(name)));
      remembered.put(memory, trained);
    }
    return new TrainingState(
        EPOCHS + 1,
        new EpochTotals(5, 1234.5, 123_456, 0.25, 1.5),
        HiddenState.zero(spec.model(), spec.sampler().batchSize()),
        new OptimizerState(5_000, remembered));
  }
}
