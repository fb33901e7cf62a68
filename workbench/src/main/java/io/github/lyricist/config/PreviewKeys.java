package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.TEXTS;

import io.github.lyricist.config.ExperimentSpec.Preview;
import java.util.List;

/** The keys of {@code preview}. */
final class PreviewKeys extends Table<Preview> {
  private final Key<Preview, Integer> every =
      key(
          "every",
          INTEGER,
          Preview::every,
          "at least 0",
          "Epochs from one preview to the next; 0 shows none.");
  private final Key<Preview, List<String>> prefixes =
      key(
          "prefixes",
          TEXTS,
          Preview::prefixes,
          "each at least one character",
          "What each text begins with.");
  private final Key<Preview, Integer> length =
      key("length", INTEGER, Preview::length, "at least 0", "Characters after the prefix.");

  PreviewKeys() {
    super(ExperimentSpec.DEFAULT.preview());
  }

  @Override
  Preview make(Values<Preview> values) {
    return new Preview(values.get(every), values.get(prefixes), values.get(length));
  }
}
