package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import java.util.List;

/** What a text is to begin with. */
public final class Prefix {
  private Prefix() {}

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
