package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A configuration as dotted keys and the texts of their values, to be shown: also one that this
 * version of the program would not run.
 */
public final class ConfigKeys {
  private final Map<String, String> values = new LinkedHashMap<>();
  private int size;

  private ConfigKeys() {}

  /**
   * Reads a file.
   *
   * @return values in the order of the file, such as {@code sampler.batchSize} and {@code 32}
   * @throws InvalidInputException if there is no such file, it is not YAML, or beyond a limit
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static Map<String, String> read(Path file) {
    ConfigKeys keys = new ConfigKeys();
    keys.add("", YamlDocument.mapping(file.toString(), ConfigReader.text(file)), 0);
    return keys.values;
  }

  private void add(String path, Node node, int depth) {
    if (node instanceof MappingNode mapping) {
      count(node, path, depth);
      for (NodeTuple tuple : mapping.getValue()) {
        String key = text(path, tuple.getKeyNode(), depth + 1);
        add(path.isEmpty() ? key : path + "." + key, tuple.getValueNode(), depth + 1);
      }
    } else {
      values.put(path, text(path, node, depth));
    }
  }

  private String text(String path, Node node, int depth) {
    count(node, path, depth);
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .map(element -> text(path, element, depth + 1))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return "{…}";
  }

  /** Aliases can make a short file long, even endless. */
  private void count(Node node, String path, int depth) {
    size +=
        1 + path.length() + (node instanceof ScalarNode scalar ? scalar.getValue().length() : 0);
    if (size > Limits.CONFIG_BYTES || depth > Limits.CONFIG_DEPTH) {
      throw InvalidInputException.at(
          YamlDocument.place(node),
          depth > Limits.CONFIG_DEPTH
              ? "nested deeper than the limit of " + Limits.CONFIG_DEPTH
              : "with its aliases larger than the limit of %d characters"
                  .formatted(Limits.CONFIG_BYTES),
          "give a configuration, as in configs/");
    }
  }
}
