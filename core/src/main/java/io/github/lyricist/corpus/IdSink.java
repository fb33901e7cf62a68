package io.github.lyricist.corpus;

/** Takes ids one after another. */
@FunctionalInterface
interface IdSink {
  /**
   * Appends an id.
   *
   * @throws java.io.UncheckedIOException if it goes to a file that can't be written
   */
  void add(int id);
}
