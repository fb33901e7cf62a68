package io.github.lyricist.constraint;

import org.jspecify.annotations.Nullable;

/**
 * What a text must be, and how far one that is being written has come. It never changes: a text
 * that is forked has the same until its forks differ.
 */
public interface Constraint {
  /** What people call it, such as the option that asks for it: {@code --rhyme}. */
  String name();

  /**
   * After more text.
   *
   * @param more whole characters; none where a token is a part of one
   * @return null where the text can't become what it must be any more
   */
  @Nullable Constraint after(String more);

  /** Whether a text that ends here is what it must be. */
  boolean isMet();

  /** Whether the text ends here. */
  default boolean isEnd() {
    return false;
  }

  /** What is told of a text that ended. */
  default String cut(String text) {
    return text;
  }
}
