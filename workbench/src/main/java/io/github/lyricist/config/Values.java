package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.UserPath;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a section, by key; a key that is absent has the value that a default spec has. */
final class Values<S> {
  private final Value section;
  private final Mapping mapping;
  private final S absent;

  Values(Value section, S absent) {
    this.section = section;
    this.mapping = section.mapping();
    this.absent = absent;
  }

  /** The same values, with other defaults. */
  Values<S> orElse(S absent) {
    return new Values<>(section, absent);
  }

  <T> T get(Key<S, T> key) {
    Node node = mapping.get(key.name());
    return node == null ? key.get().apply(absent) : key.type().read(value(key, node));
  }

  /** The value of a key that has no default. */
  <T> T required(Key<S, T> key, String whatToGive) {
    if (mapping.get(key.name()) == null) {
      throw InvalidInputException.ofKey(
          key.name(), "'" + dottedPath(key) + "' is missing", whatToGive);
    }
    return get(key);
  }

  /** A section inside this one; where it is absent, it is empty. */
  <T> T section(Key<S, T> key) {
    Node node = mapping.get(key.name());
    return key.type()
        .read(value(key, node == null ? new Mapping(mapping.place(), Map.of()) : node));
  }

  /** What a relative path that stands at a key is relative to. */
  Path folder(Key<S, ?> key) {
    Node node = mapping.get(key.name());
    return node != null && node.place().isOption()
        ? section.context().currentFolder()
        : section.context().folder();
  }

  /** The file or folder that a key names, as an absolute path, or null where it names none. */
  @Nullable Path path(Key<S, @Nullable String> key) {
    String name = get(key);
    try {
      return name == null ? null : UserPath.of(folder(key), name);
    } catch (InvalidPathException e) {
      Node node = mapping.get(key.name());
      throw value(key, node == null ? mapping : node).expected("a path");
    }
  }

  SavedArchitecture architectures() {
    return section.context().architectures();
  }

  private Value value(Key<S, ?> key, Node node) {
    return new Value(dottedPath(key), node, section);
  }

  private String dottedPath(Key<S, ?> key) {
    return section.path().isEmpty() ? key.name() : section.path() + "." + key.name();
  }
}
