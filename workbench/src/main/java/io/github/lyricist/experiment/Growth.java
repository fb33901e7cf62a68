package io.github.lyricist.experiment;

import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.VocabularyChange;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.stream.IntStream;

/** Gives a model rows for tokens that it didn't know. */
final class Growth {
  private Growth() {}

  /**
   * The weights of a model, and those of a new one where they belong to tokens that are new.
   *
   * @param grown its tokenizer with more tokens
   * @param drawn the initial parameters of a new model with that tokenizer, which are changed
   */
  static Parameters of(SavedModel model, Tokenizer grown, Parameters drawn) {
    int[] newIds = newIds(model.tokenizer(), grown);
    VocabularyChange change = new VocabularyChange(model.spec(), newIds, grown.size());
    Parameters trained = model.parameters();
    for (String name : trained.names()) {
      change.copy(name, trained.get(name), drawn.get(name));
    }
    return drawn;
  }

  /** Characters keep their order, so that new ones come between; words come after the old ones. */
  private static int[] newIds(Tokenizer known, Tokenizer grown) {
    if (!known.kind().equals(CharacterTokenizer.KIND)) {
      return IntStream.range(0, known.size()).toArray();
    }
    return IntStream.concat(
            IntStream.of(grown.encode(known.content())),
            known.unknownId().isPresent()
                ? IntStream.of(grown.unknownId().orElseThrow())
                : IntStream.empty())
        .toArray();
  }
}
