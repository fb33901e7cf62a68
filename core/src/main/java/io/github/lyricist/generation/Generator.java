package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import java.util.Arrays;
import java.util.List;

/** Writes text with a model: feeds it a prefix, then each character that it chose itself. */
public final class Generator {
  private final RecurrentModel model;
  private final Vocabulary vocabulary;

  public Generator(RecurrentModel model, Vocabulary vocabulary) {
    this.model = model;
    this.vocabulary = vocabulary;
  }

  /** Told of each character as it is written. */
  @FunctionalInterface
  public interface Reader {
    /**
     * One more character.
     *
     * @param text which of the texts, from 0
     * @param codePoint the character
     */
    void read(int text, int codePoint);
  }

  /**
   * Text that follows a prefix, from a zero state.
   *
   * @param prefix at least one character, all in the vocabulary
   * @param length number of characters after the prefix
   * @return the new characters, without the prefix
   */
  public String generate(String prefix, int length, Decoding decoding) {
    StringBuilder text = new StringBuilder();
    generate(prefix, length, List.of(decoding), (i, codePoint) -> text.appendCodePoint(codePoint));
    return text.toString();
  }

  /**
   * Several texts that follow a prefix, from a zero state, side by side.
   *
   * @param prefix at least one character, all in the vocabulary
   * @param length number of characters of each after the prefix
   * @param decodings B of them, one for each text
   */
  public void generate(String prefix, int length, List<Decoding> decodings, Reader reader) {
    int batchSize = decodings.size();
    float[] logits = new float[Math.multiplyExact(batchSize, vocabulary.size())]; // float[B*V]
    int[] ids = new int[batchSize];
    try (Session session = model.newSession(batchSize)) {
      for (int codePoint : prefix.codePoints().toArray()) {
        Arrays.fill(ids, vocabulary.id(codePoint));
        feed(ids, session, logits, decodings);
      }
      float[] row = new float[vocabulary.size()];
      for (int i = 0; i < length; i++) {
        for (int text = 0; text < batchSize; text++) {
          System.arraycopy(logits, text * row.length, row, 0, row.length);
          ids[text] = decodings.get(text).choose(row);
          reader.read(text, vocabulary.codePoint(ids[text]));
        }
        if (i + 1 < length) {
          feed(ids, session, logits, decodings);
        }
      }
    }
  }

  private static void feed(int[] ids, Session session, float[] logits, List<Decoding> decodings) {
    for (int text = 0; text < ids.length; text++) {
      decodings.get(text).read(ids[text]);
    }
    session.next(ids, logits);
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
