package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.TEXTS;

import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import java.util.List;

/** The keys of {@code preview}. */
final class PreviewKeys extends Table<PreviewSpec> {
  private final Key<PreviewSpec, Integer> every =
      key(
          "every",
          INTEGER,
          PreviewSpec::every,
          "at least 0",
          "Epochs from one preview to the next; 0 shows none.");
  private final Key<PreviewSpec, List<String>> prefixes =
      key(
          "prefixes",
          TEXTS,
          PreviewSpec::prefixes,
          "each at least one character",
          "What each text begins with.");
  private final Key<PreviewSpec, Integer> length =
      key("length", INTEGER, PreviewSpec::length, "at least 0", "Characters after the prefix.");

  PreviewKeys() {
    super(ExperimentSpec.DEFAULT.preview());
  }

  @Override
  PreviewSpec make(Values<PreviewSpec> values) {
    return new PreviewSpec(values.get(every), values.get(prefixes), values.get(length));
  }
}
