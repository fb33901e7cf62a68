package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the previews that a config asks for. */
final class Previewer implements TrainingLoop.Previews {
  private final ExperimentSpec.PreviewSpec spec;
  private final Generator generator;

  Previewer(ExperimentSpec.PreviewSpec spec, Generator generator) {
    this.spec = spec;
    this.generator = generator;
  }

  @Override
  public @Nullable List<Preview> write(int epoch, BooleanSupplier stopRequested) {
    if (spec.every() == 0 || epoch % spec.every() != 0) {
      return List.of();
    }
    List<Preview> previews = new ArrayList<>();
    try {
      for (String prefix : spec.prefixes()) {
        previews.add(new Preview(epoch, prefix, text(prefix, stopRequested)));
      }
    } catch (CancellationException e) {
      return null;
    }
    return previews;
  }

  private String text(String prefix, BooleanSupplier stopRequested) {
    StringBuilder text = new StringBuilder();
    generator.generate(
        prefix,
        spec.length(),
        List.of(Decoding.GREEDY),
        (i, more) -> {
          if (stopRequested.getAsBoolean()) {
            throw new CancellationException("a stop was requested");
          }
          text.append(more);
        });
    return text.toString();
  }
}
