package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Node;
import io.github.lyricist.config.yaml.Scalar;
import io.github.lyricist.config.yaml.Sequence;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configuration as dotted keys and the texts of their values, to be shown: also one that this
 * version of the program would not run, so what it holds is not held against the table of keys.
 */
public final class ConfigKeys {
  private final Map<String, String> values = new LinkedHashMap<>();

  private ConfigKeys() {}

  /**
   * Reads a file.
   *
   * @return values in the order of the file, such as {@code sampler.batchSize} and {@code 32}
   * @throws InvalidInputException if there is no such file, it is not YAML, or beyond a limit
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static Map<String, String> read(Path file) {
    return of(ConfigReader.mapping(file));
  }

  /** The complete config of an experiment, defaults included. */
  public static Map<String, String> of(ExperimentSpec spec) {
    return of(ConfigReader.mapping("config", ConfigWriter.write(spec)));
  }

  private static Map<String, String> of(Mapping mapping) {
    ConfigKeys keys = new ConfigKeys();
    keys.add("", mapping);
    return keys.values;
  }

  private void add(String path, Mapping mapping) {
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              String key = path.isEmpty() ? name : path + "." + name;
              if (entry.value() instanceof Mapping section) {
                add(key, section);
              } else {
                values.put(key, text(entry.value()));
              }
            });
  }

  private static String text(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    return node instanceof Sequence list
        ? list.items().stream().map(ConfigKeys::text).collect(Collectors.joining(", ", "[", "]"))
        : "{…}";
  }
}
