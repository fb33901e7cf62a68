package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import java.util.ArrayList;
import java.util.List;

/** What a run says before it trains: with what, and whether that can go well. */
final class Announcement {
  private static final int PARAMETERS_PER_CHARACTER = 10;

  private Announcement() {}

  /** One line or more. */
  static List<String> of(ExperimentSpec spec, Preparation prepared, Backend backend, int threads) {
    List<String> lines = new ArrayList<>();
    long parameters =
        spec.model().shapes(prepared.corpus().tokenizer().size()).entrySet().stream()
            .filter(entry -> spec.model().isTrained(entry.getKey()))
            .mapToLong(entry -> entry.getValue().size())
            .sum();
    long characters = prepared.corpus().characters();
    long heldOut = prepared.heldOut() == null ? 0 : prepared.heldOut().size();
    lines.add(
        "%,d characters%s, %,d distinct; %,d parameters; %,d batches per epoch; %s on %s, %d threads"
            .formatted(
                characters,
                heldOut == 0 ? "" : " (the last %,d held out)".formatted(heldOut),
                prepared.corpus().tokenizer().size(),
                parameters,
                prepared.sampler().batchesPerEpoch(),
                backend.version(),
                backend.device(),
                threads));
    Threads.notice(threads).ifPresent(lines::add);
    lines.addAll(backend.notices());
    if (parameters > (long) PARAMETERS_PER_CHARACTER * characters) {
      lines.add(
          "hint: with %,d parameters per character, the model will learn this text by heart; %s"
              .formatted(
                  parameters / characters,
                  heldOut == 0
                      ? "corpus.validation shows how it does on text that it has not seen"
                      : "for new text take a longer corpus, a smaller model or model.dropout"));
    }
    return lines;
  }
}
