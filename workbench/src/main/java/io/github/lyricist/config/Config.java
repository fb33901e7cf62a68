package io.github.lyricist.config;

import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Place;

/** An experiment with the places that its values came from, so that a later fault can name one. */
public final class Config {
  private final String file;
  private final ExperimentSpec spec;
  private final Mapping root;

  Config(String file, ExperimentSpec spec, Mapping root) {
    this.file = file;
    this.spec = spec;
    this.root = root;
  }

  public ExperimentSpec spec() {
    return spec;
  }

  /** {@code file:line:column} of a key's value, or of what stands nearest above it. */
  public String place(String key) {
    Place place = root.nearestPlace(key);
    return place == null ? file : place.toString();
  }
}
