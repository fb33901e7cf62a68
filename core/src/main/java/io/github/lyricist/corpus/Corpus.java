package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Tokenizer;

/** A text as token ids, in order, with the tokenizer that gives them their text. */
public interface Corpus {
  /** Where the text came from, as the user named it. */
  String source();

  /** SHA-256 of the text used, encoded as UTF-8, in hexadecimal. */
  String sha256();

  /** Number of characters of the text used; of bytes, where those are the tokens. */
  long characters();

  Tokenizer tokenizer();

  /** Number of tokens. */
  long size();

  /** How many stretches of the same length it has, each of which is read from the zero state. */
  default int stretches() {
    return 1;
  }

  /** How many characters a token has on average: what makes different tokens comparable. */
  default double charactersPerToken() {
    return (double) characters() / size();
  }

  /**
   * Copies a block of token ids.
   *
   * @param from the first of them, counted from 0
   * @param ids receives them
   * @param offset where the first goes in {@code ids}
   * @param count how many
   * @throws IndexOutOfBoundsException if the corpus or {@code ids} is too short for that
   */
  void read(long from, int[] ids, int offset, int count);
}
