package io.github.lyricist.config;

import org.jspecify.annotations.Nullable;

/** How the value of a key stands in YAML. */
interface ValueType<T> {

  /** What is expected, in words that complete "expected …". */
  String expected();

  /**
   * Reads a value.
   *
   * @throws io.github.lyricist.InvalidInputException if it is of another type
   */
  T read(Value value);

  /** What is written for a value: a map, a list, a string, a boolean, a number or null. */
  @Nullable Object write(T value);
}
