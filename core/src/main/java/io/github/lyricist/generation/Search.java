package io.github.lyricist.generation;

import io.github.lyricist.generation.Written.Token;

/** Writes texts with a model: by sampling, by a beam, or under constraints. */
public interface Search {
  /**
   * Writes texts that follow a prefix, from a zero state.
   *
   * @param prefix at least one token, all of it {@linkplain
   *     io.github.lyricist.tokens.Tokenizer#knows known}
   * @param count how many texts
   * @throws io.github.lyricist.RunFailedException if no text was found that is what it must be
   */
  void write(String prefix, int count, Reader reader);

  /** Receives texts as they are written. */
  @FunctionalInterface
  interface Reader {
    /**
     * A text became longer.
     *
     * @param text which of the texts, from 0
     * @param more what it became longer by: whole characters, at least one
     */
    void read(int text, String more);

    /** A text has another token; told where tokens are scored, be they part of a character. */
    default void token(int text, Token token) {}

    /**
     * A search took another step towards a text of which nothing is told yet. Whoever throws here,
     * as in any of these, ends the work.
     *
     * @param steps how many so far
     */
    default void searched(int text, int steps) {}

    /** A text is done; they are in the order of their numbers. */
    default void done(int text, Written written) {}
  }
}
