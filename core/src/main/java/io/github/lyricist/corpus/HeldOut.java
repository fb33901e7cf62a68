package io.github.lyricist.corpus;

/** What is not learned from, but judged by. */
public sealed interface HeldOut {
  /**
   * A part of the text.
   *
   * @param fraction from 0, for none, to below 1
   */
  record Share(double fraction) implements HeldOut {}

  /**
   * A text of its own.
   *
   * @param source as {@code corpus.source}
   */
  record OwnText(String source) implements HeldOut {}

  /** The part of the text that it is; 0 where it is none of it. */
  default double fraction() {
    return this instanceof Share share ? share.fraction : 0;
  }
}
