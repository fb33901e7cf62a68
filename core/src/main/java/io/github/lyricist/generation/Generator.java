package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Arrays;
import java.util.List;

/** Writes text with a model: feeds it a prefix, then each token that it chose itself. */
public final class Generator {
  /** How many texts are best written at once: more need more memory, and are hardly faster. */
  public static final int SIDE_BY_SIDE = 64;

  private final RecurrentModel model;
  private final Tokenizer tokenizer;

  public Generator(RecurrentModel model, Tokenizer tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
  }

  /** V, the number of tokens that it chooses among. */
  public int vocabularySize() {
    return tokenizer.size();
  }

  /** Receives texts as they are written. */
  @FunctionalInterface
  public interface Reader {
    /**
     * A text became longer.
     *
     * @param text which of the texts, from 0
     * @param more what it became longer by: whole characters, at least one
     */
    void read(int text, String more);
  }

  /**
   * Text that follows a prefix, from a zero state.
   *
   * @param prefix at least one token, all of it {@linkplain Tokenizer#knows known}
   * @param length number of tokens after the prefix
   * @return the new text, without the prefix
   */
  public String generate(String prefix, int length, Decoding decoding) {
    StringBuilder text = new StringBuilder();
    generate(prefix, length, List.of(decoding), (i, more) -> text.append(more));
    return text.toString();
  }

  /**
   * Several texts that follow a prefix, from a zero state, side by side.
   *
   * @param prefix at least one token, all of it {@linkplain Tokenizer#knows known}
   * @param length number of tokens of each after the prefix
   * @param decodings B of them, one for each text
   */
  public void generate(String prefix, int length, List<Decoding> decodings, Reader reader) {
    int batchSize = decodings.size();
    float[] logits = new float[Math.multiplyExact(batchSize, tokenizer.size())]; // float[B*V]
    int[] ids = new int[batchSize];
    List<TextDecoder> decoders = decodings.stream().map(text -> tokenizer.decoder()).toList();
    try (Session session = model.newSession(batchSize)) {
      for (int id : tokenizer.encode(prefix)) {
        Arrays.fill(ids, id);
        feed(ids, session, logits, decodings);
      }
      float[] row = new float[tokenizer.size()];
      for (int i = 0; i < length; i++) {
        for (int text = 0; text < batchSize; text++) {
          System.arraycopy(logits, text * row.length, row, 0, row.length);
          ids[text] = decodings.get(text).choose(row);
          tell(reader, text, decoders.get(text).next(ids[text]));
        }
        if (i + 1 < length) {
          feed(ids, session, logits, decodings);
        }
      }
    }
    for (int text = 0; text < batchSize; text++) {
      tell(reader, text, decoders.get(text).finish());
    }
  }

  private static void tell(Reader reader, int text, String more) {
    if (!more.isEmpty()) {
      reader.read(text, more);
    }
  }

  private static void feed(int[] ids, Session session, float[] logits, List<Decoding> decodings) {
    for (int text = 0; text < ids.length; text++) {
      decodings.get(text).read(ids[text]);
    }
    session.next(ids, logits);
  }

  /**
   * Checks that a prefix can be fed to a model with this tokenizer.
   *
   * @param key the configuration key, or the option, that gave the prefix
   * @param whatToDo the advice where a character is unknown
   * @throws InvalidInputException naming the first character that the tokenizer does not know
   */
  public static void requireKnown(String prefix, Tokenizer tokenizer, String key, String whatToDo) {
    List<String> unknown = tokenizer.unknown(prefix);
    if (!unknown.isEmpty()) {
      throw InvalidInputException.ofKey(
          key,
          "the model does not know the character %s of the prefix '%s'"
              .formatted(Characters.name(unknown.get(0)), Excerpt.of(prefix)),
          whatToDo);
    }
  }
}
