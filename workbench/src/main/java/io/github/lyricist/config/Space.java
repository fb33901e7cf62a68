package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What a sweep varies.
 *
 * @param dimensions by the dotted path of the key that takes their values, in the file's order
 */
public record Space(Map<String, Dimension> dimensions) {
  public Space {
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
  }

  /**
   * Every combination of values, the last key's changing fastest.
   *
   * @throws InvalidInputException if a key has a range, or they are more than the limit
   */
  public List<Map<String, String>> grid() {
    List<Map<String, String>> points = List.of(Map.of());
    for (Map.Entry<String, Dimension> entry : dimensions.entrySet()) {
      if (!(entry.getValue() instanceof Dimension.Choice choice)) {
        throw InvalidInputException.at(
            entry.getValue().place().toString(),
            "a grid has no end between two numbers",
            "list the values, as in [0.001, 0.01], or write search: random");
      }
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : choice.values()) {
          Map<String, String> next = new LinkedHashMap<>(point);
          next.put(entry.getKey(), value);
          more.add(next);
        }
      }
      if (more.size() > Limits.SWEEP_TRIALS) {
        throw InvalidInputException.ofKey(
            "space",
            "more than %d combinations, the limit".formatted(Limits.SWEEP_TRIALS),
            "list fewer values, or write search: random");
      }
      points = more;
    }
    return points;
  }

  /** The keys that take more than one value. */
  public Set<String> varied() {
    Set<String> varied = new LinkedHashSet<>(dimensions.keySet());
    varied.removeIf(
        key -> dimensions.get(key) instanceof Dimension.Choice one && one.values().size() == 1);
    return varied;
  }

  /** One combination, drawn. */
  public Map<String, String> draw(UniformRandomProvider random) {
    Map<String, String> point = new LinkedHashMap<>();
    dimensions.forEach((key, dimension) -> point.put(key, dimension.draw(random)));
    return point;
  }
}
