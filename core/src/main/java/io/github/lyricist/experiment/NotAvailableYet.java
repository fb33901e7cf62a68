package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.training.ScheduleSpec;

/** Refuses what a config can say and the training loop can't do yet, rather than ignore it. */
final class NotAvailableYet {
  private NotAvailableYet() {}

  static void check(ExperimentSpec spec) {
    ExperimentSpec able = ExperimentSpec.DEFAULT;
    refuse(spec.corpus().validation() > 0, "corpus.validation", "set it to 0.0");
    refuse(spec.corpus().unknown() == UnknownCharacters.DROP, "corpus.unknown", "set it to error");
    refuse(spec.from() != null, "model.from", "set it to null");
    refuse(
        !(spec.training().schedule() instanceof ScheduleSpec.Constant),
        "training.schedule",
        "use {type: constant}");
    refuse(spec.training().earlyStop() != null, "training.earlyStop", "set it to null");
    refuse(
        !spec.checkpoint().equals(able.checkpoint()),
        "checkpoint",
        "leave it out: the weights are written at the end and on interrupt");
  }

  private static void refuse(boolean asked, String key, String instead) {
    if (asked) {
      throw InvalidInputException.ofKey(key, "'" + key + "' is not available yet", instead);
    }
  }
}
