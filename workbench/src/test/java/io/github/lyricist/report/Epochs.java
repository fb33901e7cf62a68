package io.github.lyricist.report;

import io.github.lyricist.training.EpochResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up epochs. */
final class Epochs {
  private Epochs() {}

  static List<EpochResult> of(double... perplexities) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double perplexity : perplexities) {
      epochs.add(epoch(epochs.size() + 1, perplexity, null));
    }
    return epochs;
  }

  static EpochResult epoch(int number, double perplexity, @Nullable Double validation) {
    return new EpochResult(
        number,
        perplexity,
        Math.log(perplexity),
        1.5,
        0.5,
        2000,
        1,
        0.1,
        validation,
        validation == null ? null : 2.0);
  }
}
