package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.tokens.Tokenizer;
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
    lines.add(
        "%s; %,d parameters; %,d batches per epoch; %s on %s, %d threads"
            .formatted(
                text(prepared),
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
                  prepared.parts().validation() == null
                      ? "corpus.validation shows how it does on text that it has not seen"
                      : "for new text take a longer corpus, a smaller model or model.dropout"));
    }
    return lines;
  }

  /** How long the text is, how much of it is held out, and what it is cut into. */
  private static String text(Preparation prepared) {
    Corpus corpus = prepared.corpus();
    Tokenizer tokenizer = corpus.tokenizer();
    long heldOut = prepared.parts().heldOut();
    int streams = prepared.parts().training().stretches();
    String where = streams == 1 ? "the last %,d" : "%,d at the ends of %d streams";
    boolean single = corpus.size() == corpus.characters();
    return "%,d %s%s%s, %,d distinct"
        .formatted(
            corpus.characters(),
            tokenizer.countsBytes() ? "bytes" : "characters",
            single ? "" : " in %,d tokens".formatted(corpus.size()),
            heldOut == 0 ? "" : " (%s held out)".formatted(where.formatted(heldOut, streams)),
            tokenizer.size());
  }
}
