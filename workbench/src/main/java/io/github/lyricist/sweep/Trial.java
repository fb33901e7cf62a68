package io.github.lyricist.sweep;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.SweepSpec;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One variation of a sweep's experiment.
 *
 * @param number from 1
 * @param values in place of the base's, by dotted path, as JSON
 * @param varied the keys among them that are not the same for all trials
 */
public record Trial(int number, Map<String, String> values, Set<String> varied) {
  /** So often a combination is drawn again that was drawn before. */
  private static final int MOST_DRAWS = 100_000;

  /**
   * The trials of a sweep, the same each time.
   *
   * @throws InvalidInputException if there are fewer combinations than are to be drawn, or the grid
   *     has too many
   */
  static List<Trial> of(SweepSpec spec) {
    Integer drawn = spec.trials();
    List<Map<String, String>> points =
        spec.search() == SweepSpec.Search.GRID || drawn == null
            ? spec.space().grid()
            : drawn(spec, drawn);
    List<Trial> trials = new ArrayList<>();
    points.forEach(point -> trials.add(new Trial(trials.size() + 1, point, spec.space().varied())));
    return trials;
  }

  private static List<Map<String, String>> drawn(SweepSpec spec, int count) {
    RandomStreams random = new RandomStreams(spec.seed());
    Set<Map<String, String>> seen = new HashSet<>();
    List<Map<String, String>> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(another(spec, random.stream(Purpose.SWEEP, i), seen));
    }
    return points;
  }

  private static Map<String, String> another(
      SweepSpec spec, UniformRandomProvider random, Set<Map<String, String>> seen) {
    for (int i = 0; i < MOST_DRAWS; i++) {
      Map<String, String> point = spec.space().draw(random);
      if (seen.add(point)) {
        return point;
      }
    }
    throw InvalidInputException.ofKey(
        "trials",
        "there seem to be no more than %d combinations".formatted(seen.size()),
        "give fewer, or more values");
  }

  /** What tells it from other trials, as a person reads it: {@code hidden=128 cell=gru}. */
  public String description() {
    return shown().entrySet().stream()
        .map(entry -> entry.getKey().replaceFirst(".*\\.", "") + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** What tells it from other trials, by dotted path, without the quotes of JSON. */
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    varied.forEach(
        key -> shown.put(key, String.valueOf(values.get(key)).replaceFirst("^\"(.*)\"$", "$1")));
    return shown;
  }
}
