package io.github.lyricist.nd4j;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.TrainingSpec;
import java.util.Locale;

/** Refuses what a config can say and this engine can't compute yet, rather than ignore it. */
final class NotAvailableYet {
  private NotAvailableYet() {}

  static void check(ModelSpec spec) {
    refuse(
        spec.cell() != Cell.RNN,
        "model.cell",
        "the cell " + spec.cell().name().toLowerCase(Locale.ROOT),
        "use rnn");
    refuse(spec.layers() > 1, "model.layers", "more than one layer", "use 1");
    refuse(spec.embedding() != null, "model.embedding", "an embedding", "use null");
    refuse(spec.dropout() > 0, "model.dropout", "dropout", "use 0.0");
  }

  static void check(TrainingSpec spec) {
    boolean plainSgd = spec.optimizer() instanceof Sgd sgd && sgd.momentum() == 0;
    refuse(!plainSgd, "training.optimizer", "an optimizer other than plain sgd", "use {type: sgd}");
  }

  private static void refuse(boolean asked, String key, String what, String instead) {
    if (asked) {
      throw InvalidInputException.ofKey(
          key, what + " is not available yet in backend " + NdBackendProvider.NAME, instead);
    }
  }
}
