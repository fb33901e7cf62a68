package io.github.lyricist.config;

import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes an experiment as YAML, complete: what {@link ConfigReader} reads back as the same. */
public final class ConfigWriter {
  private ConfigWriter() {}

  /** The experiment with every key, defaults included. */
  public static String write(ExperimentSpec spec) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(
                new CoreSchema()) // the reader's: what it takes for null or a number is quoted
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setUseUnicodeEncoding(true)
            .setWidth(10_000)
            .build();
    return new Dump(settings).dumpToString(tree(spec));
  }

  private static Map<String, @Nullable Object> tree(ExperimentSpec spec) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("seed", spec.seed());
    root.put("backend", spec.backend());
    root.put("device", spec.device().toString());
    root.put("threads", spec.threads() == null ? "auto" : spec.threads());

    Map<String, @Nullable Object> corpus = section(root, "corpus");
    corpus.put("source", spec.corpus().source());
    corpus.put("newlines", Section.name(spec.corpus().newlines()));
    corpus.put("limit", spec.corpus().limit());
    corpus.put("validation", spec.corpus().validation());
    corpus.put("unknown", Section.name(spec.corpus().unknown()));

    Map<String, @Nullable Object> sampler = section(root, "sampler");
    sampler.put("type", Section.name(spec.sampler().type()));
    sampler.put("batchSize", spec.sampler().batchSize());
    sampler.put("steps", spec.sampler().steps());
    sampler.put("carryState", spec.sampler().carryState());

    Map<String, @Nullable Object> model = section(root, "model");
    model.put("cell", spec.model().cell().name());
    model.put("hidden", spec.model().hidden());
    model.put("layers", spec.model().layers());
    model.put("embedding", spec.model().embedding());
    model.put("tieWeights", spec.model().tieWeights());
    model.put("dropout", spec.model().dropout());
    model.put("init", Section.name(spec.initialization().type()));
    model.put("initScale", spec.initialization().scale());
    model.put("recurrentBias", spec.model().recurrentBias());
    model.put("from", spec.from());

    Map<String, @Nullable Object> training = section(root, "training");
    training.put("epochs", spec.training().epochs());
    optimizer(section(training, "optimizer"), spec.training().optimizer());
    training.put("clipNorm", spec.training().clipNorm());
    training.put("clipValue", spec.training().clipValue());
    schedule(section(training, "schedule"), spec.training().schedule());
    training.put("earlyStop", spec.training().earlyStop());
    training.put("tensorboard", spec.tensorBoard());

    Map<String, @Nullable Object> preview = section(root, "preview");
    preview.put("every", spec.preview().every());
    preview.put("prefixes", spec.preview().prefixes());
    preview.put("length", spec.preview().length());

    Map<String, @Nullable Object> checkpoint = section(root, "checkpoint");
    checkpoint.put("every", spec.checkpoint().every());
    checkpoint.put("everyMinutes", spec.checkpoint().everyMinutes());
    return root;
  }

  private static Map<String, @Nullable Object> section(
      Map<String, @Nullable Object> parent, String key) {
    Map<String, @Nullable Object> section = new LinkedHashMap<>();
    parent.put(key, section);
    return section;
  }

  private static void optimizer(Map<String, @Nullable Object> section, OptimizerSpec spec) {
    if (spec instanceof Sgd sgd) {
      section.put("type", "sgd");
      section.put("learningRate", sgd.learningRate());
      section.put("momentum", sgd.momentum());
    } else if (spec instanceof Adam adam) {
      section.put("type", "adam");
      section.put("learningRate", adam.learningRate());
      section.put("beta1", adam.beta1());
      section.put("beta2", adam.beta2());
      section.put("epsilon", adam.epsilon());
    } else if (spec instanceof RmsProp rmsProp) {
      section.put("type", "rmsprop");
      section.put("learningRate", rmsProp.learningRate());
      section.put("alpha", rmsProp.alpha());
      section.put("epsilon", rmsProp.epsilon());
    }
  }

  private static void schedule(Map<String, @Nullable Object> section, ScheduleSpec spec) {
    if (spec instanceof Step step) {
      section.put("type", "step");
      section.put("factor", step.factor());
      section.put("every", step.every());
      section.put("from", step.from());
    } else if (spec instanceof Plateau plateau) {
      section.put("type", "plateau");
      section.put("factor", plateau.factor());
      section.put("patience", plateau.patience());
    } else {
      section.put("type", "constant");
    }
  }
}
