package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
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
   * @param length number of characters after the prefix
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
   * @param length number of characters of each after the prefix; of bytes, where those are the
   *     tokens
   * @param decodings B of them, one for each text
   */
  public void generate(String prefix, int length, List<Decoding> decodings, Reader reader) {
    int batchSize = decodings.size();
    List<WrittenText> texts = new ArrayList<>();
    for (int text = 0; text < batchSize; text++) {
      int number = text;
      texts.add(
          new WrittenText(
              decodings.get(text), tokenizer, length, more -> reader.read(number, more)));
    }
    float[] logits = new float[Math.multiplyExact(batchSize, tokenizer.size())]; // float[B*V]
    int[] ids = new int[batchSize];
    try (Session session = model.newSession(batchSize)) {
      for (int id : tokenizer.encode(prefix)) {
        Arrays.fill(ids, id);
        feed(ids, session, logits, texts);
      }
      float[] row = new float[tokenizer.size()];
      while (!texts.stream().allMatch(WrittenText::isComplete)) {
        for (int text = 0; text < batchSize; text++) {
          if (!texts.get(text).isComplete()) { // one that is goes on unheard
            System.arraycopy(logits, text * row.length, row, 0, row.length);
            tokenizer.unknownId().ifPresent(unknown -> row[unknown] = Float.NEGATIVE_INFINITY);
            ids[text] = texts.get(text).writeNext(row);
          }
        }
        if (!texts.stream().allMatch(WrittenText::isComplete)) {
          feed(ids, session, logits, texts);
        }
      }
    }
    texts.forEach(WrittenText::finish);
  }

  private static void feed(int[] ids, Session session, float[] logits, List<WrittenText> texts) {
    for (int text = 0; text < ids.length; text++) {
      texts.get(text).read(ids[text]);
    }
    session.next(ids, logits);
  }

  /**
   * Checks that a prefix can be fed to a model with this tokenizer.
   *
   * @param key the configuration key, or the option, that gave the prefix
   * @param whatToDo the advice where one is unknown
   * @throws InvalidInputException naming the first character, or word, that the tokenizer does not
   *     know
   */
  public static void requireKnown(String prefix, Tokenizer tokenizer, String key, String whatToDo) {
    List<String> unknown = tokenizer.unknown(prefix);
    if (!unknown.isEmpty()) {
      throw InvalidInputException.ofKey(
          key,
          "the model does not know the %s of the prefix '%s'"
              .formatted(name(unknown.get(0)), Excerpt.of(prefix)),
          whatToDo);
    }
  }

  private static String name(String token) {
    return Characters.isOne(token)
        ? "character " + Characters.name(token)
        : "word '%s'".formatted(Excerpt.of(token));
  }
}
