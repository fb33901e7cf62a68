package io.github.lyricist.tokens;

/** The text of token ids that come one after another. Belongs to one text. */
@FunctionalInterface
public interface TextDecoder {
  /**
   * Takes the next token.
   *
   * @return what is complete with it, in whole characters; empty where a character lacks its end
   */
  String next(int id);

  /** What is left where the text ends: a stand-in for a character without its end, or nothing. */
  default String finish() {
    return "";
  }

  /** Whether a character lacks its end. */
  default boolean isWithinCharacter() {
    return false;
  }

  /** One that goes on from here on its own, as another text that began the same needs it. */
  default TextDecoder copy() {
    return this; // whose tokens are whole characters needs no memory
  }
}
