package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;

/** Refuses what a config can say and the training loop can't do yet, rather than ignore it. */
final class NotAvailableYet {
  private NotAvailableYet() {}

  static void check(ExperimentSpec spec) {
    ExperimentSpec able = ExperimentSpec.DEFAULT;
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
