package io.github.lyricist.scratch;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.TrainingSpec;
import java.util.Locale;

/** What both engines of this module can do and what they can't yet. */
public final class PlainJava {
  private PlainJava() {}

  public static String version() {
    return "Lyricist " + Build.current().version();
  }

  /** Plain Java computes on the CPU alone. */
  public static void requireCpu(DeviceRequest requested, String backend) {
    if (requested.kind() == DeviceRequest.Kind.CUDA) {
      throw InvalidInputException.ofKey(
          "device",
          "the backend " + backend + " has no device " + requested + ", only cpu",
          "use device: cpu, or a backend that computes on CUDA");
    }
  }

  /** Refuses what neither engine computes yet. */
  public static void requireAvailable(ModelSpec spec, String backend) {
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

  /** Refuses what neither engine computes yet. */
  public static void requireAvailable(TrainingSpec spec, String backend) {
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
