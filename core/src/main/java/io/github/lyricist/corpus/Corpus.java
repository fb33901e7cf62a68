package io.github.lyricist.corpus;

/** A text as token ids, in order, with the vocabulary that gives them their characters. */
public interface Corpus {
  /** Where the text came from, as the user named it. */
  String source();

  /** SHA-256 of the text used, encoded as UTF-8, in hexadecimal. */
  String sha256();

  Vocabulary vocabulary();

  /** Number of characters. */
  int size();

  /** The token id of the character at {@code index}, from 0. */
  int token(int index);
}
