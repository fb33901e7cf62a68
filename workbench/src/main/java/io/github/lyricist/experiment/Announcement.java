package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
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
    long heldOut = prepared.parts().heldOut();
    int streams = prepared.parts().training().stretches();
    String where = streams == 1 ? "the last %,d" : "%,d at the ends of %d streams";
    lines.add(
        "%,d %s%s, %,d distinct; %,d parameters; %,d batches per epoch; %s on %s, %d threads"
            .formatted(
                characters,
                spec.corpus().tokens() == Tokens.BYTE ? "bytes" : "characters",
                heldOut == 0 ? "" : " (%s held out)".formatted(where.formatted(heldOut, streams)),
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
