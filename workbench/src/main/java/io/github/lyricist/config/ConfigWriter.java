package io.github.lyricist.config;

import io.github.lyricist.config.yaml.YamlWriter;

/** Writes an experiment as YAML, complete: what {@link ConfigReader} reads back as the same. */
public final class ConfigWriter {
  private ConfigWriter() {}

  /** The experiment with every key, defaults included. */
  public static String write(ExperimentSpec spec) {
    return YamlWriter.write(new ExperimentKeys().write(spec));
  }
}
