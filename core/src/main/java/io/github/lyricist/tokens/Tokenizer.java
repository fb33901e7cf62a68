package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Sha256;
import java.util.List;

/**
 * Cuts text into tokens and joins them again. Token ids count from 0 to V-1. A tokenizer never
 * changes and may be shared between threads.
 */
public interface Tokenizer {
  /** V, the number of tokens. */
  int size();

  /**
   * The token ids of a text, in its order.
   *
   * @throws IllegalArgumentException if the text has {@linkplain #unknown unknown} characters
   */
  int[] encode(CharSequence text);

  /** Turns the token ids of one text into that text, as they come. */
  TextDecoder decoder();

  /** The text of one token, to be shown; where a token is part of a character, a stand-in. */
  String text(int id);

  /** The characters of a text that no token stands for, in its order, each as often as it comes. */
  List<String> unknown(CharSequence text);

  /** A text without its {@linkplain #unknown unknown} characters. */
  String known(CharSequence text);

  /** The kind of the tokenizer, as files name it, such as {@code character}. */
  String kind();

  /** All that makes this tokenizer differ from others of its kind; a file that has it is enough. */
  String content();

  /** Whether all of a text can be encoded. */
  default boolean knows(CharSequence text) {
    return unknown(text).isEmpty();
  }

  /** The text of these token ids. */
  default String decode(int... ids) {
    TextDecoder decoder = decoder();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.next(id));
    }
    return text.append(decoder.finish()).toString();
  }

  /** A short text that two tokenizers share just if they give every text the same ids. */
  default String identity() {
    return kind() + ":" + Sha256.of(content().getBytes(UTF_8));
  }
}
