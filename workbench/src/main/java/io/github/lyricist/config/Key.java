package io.github.lyricist.config;

import java.util.function.Function;

/**
 * A key of the configuration: what reading it, writing it and telling of it need.
 *
 * @param <S> the spec that its section becomes
 * @param <T> the value
 * @param name its name in its section
 * @param type how the value stands in YAML
 * @param get the value in a spec; in the default spec, the default
 * @param range which values of the type are allowed, in words that follow the type's; empty where
 *     all of them are
 * @param meaning one sentence
 */
record Key<S, T>(String name, ValueType<T> type, Function<S, T> get, String range, String meaning) {

  /** Which values are allowed, in words. */
  String expected() {
    return range.isEmpty() ? type.expected() : type.expected() + ": " + range;
  }
}
