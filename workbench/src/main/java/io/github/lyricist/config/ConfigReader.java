package io.github.lyricist.config;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec.Checkpoint;
import io.github.lyricist.config.ExperimentSpec.Preview;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import io.github.lyricist.training.TrainingSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads an experiment from YAML. The spec records hold the defaults and the ranges. */
public final class ConfigReader {
  private static final ExperimentSpec DEFAULT = ExperimentSpec.DEFAULT;

  private ConfigReader() {}

  /**
   * Reads a file, with the settings of the command line in place of its own.
   *
   * @param file a YAML file; relative paths in it are relative to its folder
   * @param settings later ones win; relative paths in them are relative to {@code currentFolder}
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Config read(Path file, List<Setting> settings, Path currentFolder) {
    return read(file.toString(), text(file), settings, folderOf(file), currentFolder, false);
  }

  /**
   * Reads the config that a run left behind. It is complete: the model that the run may have
   * started from need not be there any more.
   *
   * @param settings in place of its values
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Config readOfRun(Path file, List<Setting> settings) {
    return read(file.toString(), text(file), settings, folderOf(file), folderOf(file), true);
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  static Config read(
      String origin, String yaml, List<Setting> settings, Path folder, Path currentFolder) {
    return read(origin, yaml, settings, folder, currentFolder, false);
  }

  private static Config read(
      String origin,
      String yaml,
      List<Setting> settings,
      Path folder,
      Path currentFolder,
      boolean complete) {
    MappingNode root = YamlDocument.mapping(origin, yaml);
    settings.forEach(setting -> YamlDocument.apply(root, setting));
    Map<String, Node> values = new HashMap<>();
    Section section = new Section("", root, values);
    try {
      ExperimentSpec spec =
          section.read(() -> experiment(section, folder, currentFolder, complete));
      return new Config(origin, spec, values);
    } catch (InvalidInputException e) {
      throw e.locatedBy(new Config(origin, DEFAULT, values)::place);
    }
  }

  static String text(Path file) {
    return BoundedFile.text(
        file, Limits.CONFIG_BYTES, "give a configuration, as in configs/, in UTF-8");
  }

  private static ExperimentSpec experiment(
      Section s, Path folder, Path currentFolder, boolean complete) {
    ModelSection model = model(s.section("model"), folder, currentFolder, complete);
    TrainingSection training = training(s.section("training"));
    return new ExperimentSpec(
        s.text("name", DEFAULT.name()),
        s.wholeNumber("seed", DEFAULT.seed()),
        s.text("backend", DEFAULT.backend()),
        DeviceRequest.parse(s.text("device", DEFAULT.device().toString())),
        s.integerOrAuto("threads"),
        corpus(s.section("corpus"), folder, currentFolder),
        sampler(s.section("sampler")),
        model.spec(),
        model.initialization(),
        model.from(),
        training.spec(),
        training.tensorBoard(),
        preview(s.section("preview")),
        checkpoint(s.section("checkpoint")));
  }

  private static CorpusSpec corpus(Section s, Path folder, Path currentFolder) {
    CorpusSpec absent = CorpusSpec.DEFAULT;
    return s.read(
        () ->
            new CorpusSpec(
                    s.requiredText("source", "name a text file, or bundled:songs"),
                    s.choice("newlines", absent.newlines()),
                    s.optionalInteger("limit", absent.limit()),
                    s.number("validation", absent.validation()),
                    s.choice("unknown", absent.unknown()))
                .resolvedAgainst(s.isFromCommandLine("source") ? currentFolder : folder));
  }

  private static SamplerSpec sampler(Section s) {
    SamplerSpec absent = SamplerSpec.DEFAULT;
    return s.read(
        () ->
            new SamplerSpec(
                s.choice("type", absent.type()),
                s.integer("batchSize", absent.batchSize()),
                s.integer("steps", absent.steps()),
                s.flag("carryState", absent.carryState())));
  }

  /** What the section {@code model} says: an architecture, and where its parameters come from. */
  private record ModelSection(
      ModelSpec spec, Initialization initialization, @Nullable String from) {}

  /**
   * @param complete whether the section leaves nothing to the model to start from
   */
  private static ModelSection model(Section s, Path folder, Path currentFolder, boolean complete) {
    Path base = s.isFromCommandLine("from") ? currentFolder : folder;
    return s.read(
        () -> {
          Path from = s.optionalPath("from", base);
          return new ModelSection(
              from == null || complete
                  ? architecture(s, ModelSpec.DEFAULT)
                  : architectureOf(SavedModel.open(from), s),
              initialization(s),
              from == null ? null : from.toString());
        });
  }

  /** The architecture of a model to start from: what the section says of it must agree. */
  private static ModelSpec architectureOf(SavedModel model, Section s) {
    ModelSpec saved = model.spec();
    ModelSpec asked = architecture(s, saved.withDropout(ModelSpec.DEFAULT.dropout()));
    if (!asked.withDropout(0).equals(saved.withDropout(0))) {
      throw InvalidInputException.ofKey(
          "from",
          "the model to start from is %s, which this section contradicts".formatted(saved),
          "take the keys that differ out; dropout alone may differ");
    }
    return asked;
  }

  private static ModelSpec architecture(Section s, ModelSpec absent) {
    s.refuse(
        "bidirectional",
        "a bidirectional network sees the characters that it should predict, so a language model"
            + " can't be one",
        "take the key out");
    return new ModelSpec(
        cell(s, absent),
        s.integer("hidden", absent.hidden()),
        s.integer("layers", absent.layers()),
        s.optionalInteger("embedding", absent.embedding()),
        s.flag("tieWeights", absent.tieWeights()),
        s.number("dropout", absent.dropout()),
        s.flag("recurrentBias", absent.recurrentBias()));
  }

  private static Cell cell(Section s, ModelSpec absent) {
    List<String> names = Cell.all().stream().map(Cell::name).toList();
    return Cell.called(s.choice("cell", absent.cell().name(), names)).orElseThrow();
  }

  private static Initialization initialization(Section s) {
    Initialization absent = Initialization.DEFAULT;
    return new Initialization(
        s.choice("init", absent.type()), s.number("initScale", absent.scale()));
  }

  /** What the section {@code training} says: how to train, and what to tell of it. */
  private record TrainingSection(TrainingSpec spec, boolean tensorBoard) {}

  private static TrainingSection training(Section s) {
    TrainingSpec absent = TrainingSpec.DEFAULT;
    return s.read(
        () ->
            new TrainingSection(
                new TrainingSpec(
                    s.integer("epochs", absent.epochs()),
                    optimizer(s.section("optimizer")),
                    s.optionalNumber("clipNorm", absent.clipNorm()),
                    s.optionalNumber("clipValue", absent.clipValue()),
                    schedule(s.section("schedule")),
                    s.optionalInteger("earlyStop", absent.earlyStop())),
                s.flag("tensorboard", DEFAULT.tensorBoard())));
  }

  private static OptimizerSpec optimizer(Section s) {
    return s.read(
        () ->
            switch (s.choice("type", "sgd", List.of("sgd", "adam", "rmsprop"))) {
              case "adam" ->
                  new Adam(
                      s.number("learningRate", Adam.DEFAULT.learningRate()),
                      s.number("beta1", Adam.DEFAULT.beta1()),
                      s.number("beta2", Adam.DEFAULT.beta2()),
                      s.number("epsilon", Adam.DEFAULT.epsilon()));
              case "rmsprop" ->
                  new RmsProp(
                      s.number("learningRate", RmsProp.DEFAULT.learningRate()),
                      s.number("alpha", RmsProp.DEFAULT.alpha()),
                      s.number("epsilon", RmsProp.DEFAULT.epsilon()));
              default ->
                  new Sgd(
                      s.number("learningRate", Sgd.DEFAULT.learningRate()),
                      s.number("momentum", Sgd.DEFAULT.momentum()));
            });
  }

  private static ScheduleSpec schedule(Section s) {
    return s.read(
        () ->
            switch (s.choice("type", "constant", List.of("constant", "step", "plateau"))) {
              case "step" ->
                  new Step(
                      s.number("factor", Step.DEFAULT.factor()),
                      s.integer("every", Step.DEFAULT.every()),
                      s.integer("from", Step.DEFAULT.from()));
              case "plateau" ->
                  new Plateau(
                      s.number("factor", Plateau.DEFAULT.factor()),
                      s.integer("patience", Plateau.DEFAULT.patience()));
              default -> new Constant();
            });
  }

  private static Preview preview(Section s) {
    Preview absent = DEFAULT.preview();
    return s.read(
        () ->
            new Preview(
                s.integer("every", absent.every()),
                s.texts("prefixes", absent.prefixes()),
                s.integer("length", absent.length())));
  }

  private static Checkpoint checkpoint(Section s) {
    Checkpoint absent = DEFAULT.checkpoint();
    return s.read(
        () ->
            new Checkpoint(
                s.integer("every", absent.every()),
                s.integer("everyMinutes", absent.everyMinutes())));
  }
}
