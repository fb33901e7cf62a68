package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.config.ExperimentSpec;
import java.util.ArrayList;
import java.util.List;

/** What a run says before it trains: with what, and whether that can go well. */
final class Announcement {
  private static final int PARAMETERS_A_CHARACTER = 10;

  private Announcement() {}

  /** One line or more. */
  static List<String> of(ExperimentSpec spec, Preparation prepared, Backend backend, int threads) {
    List<String> lines = new ArrayList<>();
    long parameters =
        prepared.initial().names().stream()
            .filter(spec.model()::isTrained)
            .mapToLong(name -> prepared.initial().shape(name).size())
            .sum();
    int characters = prepared.corpus().size();
    int heldOut = prepared.heldOut() == null ? 0 : prepared.heldOut().size();
    lines.add(
        "%,d characters%s, %,d distinct; %,d parameters; %,d batches an epoch; %s on %s, %d threads"
            .formatted(
                characters,
                heldOut == 0 ? "" : " (the last %,d held out)".formatted(heldOut),
                prepared.corpus().vocabulary().size(),
                parameters,
                prepared.sampler().batchesPerEpoch(),
                backend.version(),
                backend.device(),
                threads));
    if (parameters > (long) PARAMETERS_A_CHARACTER * characters) {
      lines.add(
          "hint: with %,d parameters a character, the model will learn this text by heart; %s"
              .formatted(
                  parameters / characters,
                  heldOut == 0
                      ? "corpus.validation shows how it does on text that it has not seen"
                      : "for new text take a longer corpus, a smaller model or model.dropout"));
    }
    return lines;
  }
}
