package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;
import static io.github.lyricist.config.ValueTypes.TEXTS;

import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of {@code preview}. */
final class PreviewKeys extends Table<PreviewSpec> {
  private final Key<PreviewSpec, Integer> every =
      key(
          "every",
          INTEGER,
          PreviewSpec::every,
          "at least 0",
          "Epochs from one preview to the next; the last epoch always has one, with 0 the only one.");
  private final Key<PreviewSpec, @Nullable List<String>> prefixes =
      key(
          "prefixes",
          ValueTypes.orAuto(TEXTS),
          PreviewSpec::prefixes,
          "each at least one character",
          "What each text begins with; auto is what the corpus begins with: its first word, or its"
              + " first two characters in Chinese.");
  private final Key<PreviewSpec, Integer> length =
      key("length", INTEGER, PreviewSpec::length, "at least 0", "Characters after the prefix.");
  private final Key<PreviewSpec, Double> temperature =
      key(
          "temperature",
          NUMBER,
          PreviewSpec::temperature,
          "at least 0",
          "What logits are divided by before a character is drawn; 0 takes the likeliest.");

  PreviewKeys() {
    super(ExperimentSpec.DEFAULT.preview());
  }

  @Override
  PreviewSpec make(Values<PreviewSpec> values) {
    return new PreviewSpec(
        values.get(every), values.get(prefixes), values.get(length), values.get(temperature));
  }
}
