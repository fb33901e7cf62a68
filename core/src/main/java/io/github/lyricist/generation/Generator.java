package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;

/** Writes text with a model: feeds it a prefix, then each character that it chose itself. */
public final class Generator {
  private final RecurrentModel model;
  private final Vocabulary vocabulary;

  public Generator(RecurrentModel model, Vocabulary vocabulary) {
    this.model = model;
    this.vocabulary = vocabulary;
  }

  /**
   * Text that follows a prefix, from a zero state.
   *
   * @param prefix at least one character, all in the vocabulary
   * @param length number of characters after the prefix
   * @return the new characters, without the prefix
   */
  public String generate(String prefix, int length, Decoding decoding) {
    HiddenState state = model.initialState(1);
    float[] logits = new float[vocabulary.size()];
    int[] id = new int[1];
    prefix
        .codePoints()
        .forEach(
            codePoint -> {
              id[0] = vocabulary.id(codePoint);
              model.nextLogits(id, state, logits);
            });
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      id[0] = decoding.choose(logits);
      text.appendCodePoint(vocabulary.codePoint(id[0]));
      model.nextLogits(id, state, logits);
    }
    return text.toString();
  }

  /**
   * Checks that a prefix can be fed to a model with this vocabulary.
   *
   * @param key the configuration key, or the option, that gave the prefix
   * @throws InvalidInputException naming the first character that the vocabulary lacks
   */
  public static void requireKnown(String prefix, Vocabulary vocabulary, String key) {
    prefix
        .codePoints()
        .filter(codePoint -> !vocabulary.contains(codePoint))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw InvalidInputException.ofKey(
                  key,
                  "the character '%s' (U+%04X) of the prefix '%s' is not in the corpus"
                      .formatted(Character.toString(unknown), unknown, prefix),
                  "use characters that the corpus has");
            });
  }
}
