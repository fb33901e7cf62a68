package io.github.lyricist.config.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys and their values.
 *
 * @param entries in the document's order
 */
public record Mapping(Place place, Map<String, Entry> entries) implements Node {

  /**
   * A key's place and its value.
   *
   * @param place of the key
   */
  public record Entry(Place place, Node value) {}

  public Mapping {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The value of a key, or null where there is no such key. */
  public @Nullable Node get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** The place of the value at a dotted path, or of what stands nearest above it; or null. */
  public @Nullable Place nearestPlace(String path) {
    Place place = null;
    Node node = this;
    for (String key : path.split("\\.", -1)) {
      node = node instanceof Mapping mapping ? mapping.get(key) : null;
      if (node == null) {
        return place;
      }
      place = node.place();
    }
    return place;
  }

  /**
   * The same mapping with another value.
   *
   * @param path keys, from the outermost to that of the value; what is no mapping on the way is
   *     replaced by one
   * @param value the value, whose place is also that of the keys which are new
   */
  public Mapping with(List<String> path, Node value) {
    Map<String, Entry> changed = new LinkedHashMap<>(entries);
    String key = path.get(0);
    Entry old = entries.get(key);
    if (path.size() == 1) {
      changed.put(key, new Entry(value.place(), value));
    } else if (old != null && old.value() instanceof Mapping inner) {
      changed.put(key, new Entry(old.place(), inner.with(path.subList(1, path.size()), value)));
    } else {
      Mapping inner = new Mapping(value.place(), Map.of());
      changed.put(key, new Entry(value.place(), inner.with(path.subList(1, path.size()), value)));
    }
    return new Mapping(place, changed);
  }
}
