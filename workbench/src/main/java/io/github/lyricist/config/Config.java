package io.github.lyricist.config;

import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** An experiment with the places that its values came from, so that a later fault can name one. */
public final class Config {
  private final String origin;
  private final ExperimentSpec spec;
  private final Map<String, Node> values;

  Config(String origin, ExperimentSpec spec, Map<String, Node> values) {
    this.origin = origin;
    this.spec = spec;
    this.values = values;
  }

  public ExperimentSpec spec() {
    return spec;
  }

  /** {@code file:line:column} of a key's value, or of what stands nearest above it. */
  public String place(String key) {
    String path = key;
    while (!values.containsKey(path) && path.contains(".")) {
      path = path.substring(0, path.lastIndexOf('.'));
    }
    Node value = values.get(path);
    return value == null ? origin : YamlDocument.place(value);
  }
}
