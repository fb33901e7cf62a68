package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.TrainingSpec;
import java.util.Locale;

/** Refuses what a config can say and our engines can't compute yet, rather than ignore it. */
public final class NotAvailableYet {
  private NotAvailableYet() {}

  /**
   * Refuses an architecture.
   *
   * @throws InvalidInputException naming the key
   */
  public static void check(ModelSpec spec, String backend) {
    refuse(
        spec.cell() != Cell.RNN,
        "model.cell",
        "the cell " + spec.cell().name().toLowerCase(Locale.ROOT),
        backend,
        "use rnn");
    refuse(spec.layers() > 1, "model.layers", "more than one layer", backend, "use 1");
    refuse(spec.embedding() != null, "model.embedding", "an embedding", backend, "use null");
    refuse(spec.dropout() > 0, "model.dropout", "dropout", backend, "use 0.0");
  }

  /**
   * Refuses an optimizer.
   *
   * @throws InvalidInputException naming the key
   */
  public static void check(TrainingSpec spec, String backend) {
    boolean plainSgd = spec.optimizer() instanceof Sgd sgd && sgd.momentum() == 0;
    refuse(
        !plainSgd,
        "training.optimizer",
        "an optimizer other than plain sgd",
        backend,
        "use {type: sgd}");
  }

  private static void refuse(
      boolean asked, String key, String what, String backend, String instead) {
    if (asked) {
      throw InvalidInputException.ofKey(
          key, what + " is not available yet in backend " + backend, instead);
    }
  }
}
