package io.github.lyricist.config.yaml;

/** A part of a YAML document. */
public sealed interface Node permits Scalar, Sequence, Mapping {
  Place place();
}
