package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ConfigKeys;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold for a run to be resumed: it is the run that stopped. */
final class Resumption {
  private static final String WHAT_TO_DO = "set it back, or start another run with model.from";

  /** What may change between a stop and a resumption, none of which changes the weights. */
  private static final Pattern MAY_CHANGE =
      Pattern.compile(
          "name|backend|device|threads|corpus\\.source|training\\.(epochs|earlyStop|tensorboard)"
              + "|(preview|checkpoint)\\..*");

  private Resumption() {}

  /** The keys of a config that may not change, and their values. */
  static Map<String, String> fixed(ExperimentSpec spec) {
    Map<String, String> keys = new LinkedHashMap<>(ConfigKeys.of(spec));
    keys.keySet().removeIf(MAY_CHANGE.asMatchPredicate());
    return keys;
  }

  /**
   * Checks that the config is the one that the checkpoint was trained with, but for what may
   * change.
   *
   * @throws InvalidInputException naming a key and both values
   */
  static void requireSameExperiment(ExperimentSpec spec, CheckpointFile checkpoint) {
    Map<String, @Nullable String> then = checkpoint.experiment();
    fixed(spec)
        .forEach(
            (key, now) -> {
              String before = then.getOrDefault(key, now);
              if (!now.equals(before) && !isYetToBeSet(key, before)) {
                throw InvalidInputException.ofKey(
                    key,
                    "found %s, but the run was trained with %s"
                        .formatted(Excerpt.of(now), Excerpt.of(before)),
                    WHAT_TO_DO);
              }
            });
    if (!spec.model().equals(checkpoint.model().spec())) {
      throw InvalidInputException.ofKey(
          "model",
          "found %s, but the checkpoint has %s".formatted(spec.model(), checkpoint.model().spec()),
          WHAT_TO_DO);
    }
  }

  /** A run of no epochs has none that the learning rate could change over. */
  private static boolean isYetToBeSet(String key, @Nullable String before) {
    return key.equals("training.schedule.horizon") && "null".equals(before);
  }

  /**
   * Checks that the text is the one that the run was training on.
   *
   * @throws InvalidInputException if it isn't
   */
  static void requireSameCorpus(Corpus corpus, CheckpointFile checkpoint) {
    if (!corpus.sha256().equals(checkpoint.corpusSha256())) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          "this is not the text that the run was training on: its SHA-256 is %s, not %s"
              .formatted(corpus.sha256(), Excerpt.of(checkpoint.corpusSha256())),
          "name that one with --corpus, or start another run with model.from");
    }
  }

  /** Writes the model anew from the checkpoint where it is missing or broken. */
  static void mendModel(
      RunDirectory directory, CheckpointFile checkpoint, Consumer<String> notice) {
    try {
      SavedModel.open(directory.folder()).parameters();
    } catch (InvalidInputException e) {
      SavedModel model = checkpoint.model();
      directory.writeModel(model.spec(), model.tokenizer(), model.parameters());
      notice.accept(
          "the model can't be read (%s): its weights are now those of the checkpoint"
              .formatted(e.getMessage()));
    }
  }
}
