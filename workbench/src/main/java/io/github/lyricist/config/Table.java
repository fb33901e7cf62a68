package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.tokens.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one section of the configuration, each declared once. All that reads, checks or
 * writes the section goes by them. A section is itself the value of a key in the section around it.
 *
 * @param <S> the spec that the section becomes
 */
abstract class Table<S> implements ValueType<S> {
  private final S absent;
  private final List<Key<S, ?>> keys = new ArrayList<>();

  /**
   * @param absent the spec that holds the defaults
   */
  Table(S absent) {
    this.absent = absent;
  }

  /** Declares a key, any value of whose type is allowed. */
  final <T> Key<S, T> key(String name, ValueType<T> type, Function<S, T> get, String meaning) {
    return key(name, type, get, "", meaning);
  }

  /** Declares a key. */
  final <T> Key<S, T> key(
      String name, ValueType<T> type, Function<S, T> get, String range, String meaning) {
    Key<S, T> key = new Key<>(name, type, get, range, meaning);
    keys.add(key);
    return key;
  }

  /** The spec that these values are. */
  abstract S make(Values<S> values);

  /** Whether a key may stand here; one that is not declared is not suggested either. */
  boolean isKnown(String name) {
    return keys.stream().anyMatch(key -> key.name().equals(name));
  }

  final S absent() {
    return absent;
  }

  final List<Key<S, ?>> keys() {
    return List.copyOf(keys);
  }

  @Override
  public String expected() {
    return "keys and values";
  }

  @Override
  public final S read(Value value) {
    requireAllKnown(value);
    try {
      return make(new Values<>(value, absent));
    } catch (InvalidInputException e) {
      throw e.inside(value.path().substring(value.path().lastIndexOf('.') + 1));
    }
  }

  private void requireAllKnown(Value value) {
    for (Map.Entry<String, Mapping.Entry> entry : value.mapping().entries().entrySet()) {
      if (!isKnown(entry.getKey())) {
        TreeSet<String> names = new TreeSet<>();
        keys.forEach(key -> names.add(key.name()));
        throw InvalidInputException.at(
            entry.getValue().place().toString(),
            "unknown key '%s'%s"
                .formatted(
                    Excerpt.of(entry.getKey()),
                    value.path().isEmpty() ? "" : " in '" + value.path() + "'"),
            MeantKey.in(value.path(), entry.getKey(), names)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("expected one of: " + String.join(", ", names)));
      }
    }
  }

  @Override
  public final Map<String, @Nullable Object> write(S spec) {
    Map<String, @Nullable Object> section = new LinkedHashMap<>();
    keys.forEach(key -> section.put(key.name(), written(key, spec)));
    return section;
  }

  private static <S, T> @Nullable Object written(Key<S, T> key, S spec) {
    return key.type().write(key.get().apply(spec));
  }
}
