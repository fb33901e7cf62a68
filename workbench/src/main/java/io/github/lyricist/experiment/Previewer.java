package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.DecodingSpec;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Writes the previews that a config asks for, and always those of the last epoch. */
final class Previewer implements TrainingLoop.Previews {
  private final ExperimentSpec.PreviewSpec spec;
  private final List<String> prefixes;
  private final DecodingSpec decoding;
  private final Generator generator;
  private final RandomStreams random;

  /**
   * @param prefixes what the texts begin with
   * @param random the experiment's; each text draws from a stream of its own epoch and number
   */
  Previewer(
      ExperimentSpec.PreviewSpec spec,
      List<String> prefixes,
      Generator generator,
      RandomStreams random) {
    this.spec = spec;
    this.prefixes = prefixes;
    this.decoding = new DecodingSpec(spec.temperature(), null, null, 1);
    this.generator = generator;
    this.random = random;
  }

  @Override
  public @Nullable List<Preview> write(int epoch, boolean last, BooleanSupplier stopRequested) {
    if (!last && (spec.every() == 0 || epoch % spec.every() != 0)) {
      return List.of();
    }
    List<Preview> previews = new ArrayList<>();
    try {
      for (String prefix : prefixes) {
        UniformRandomProvider stream =
            random.stream(Purpose.PREVIEW, epoch, (long) previews.size());
        Decoding choice = decoding.begin(stream, generator.vocabularySize());
        previews.add(new Preview(epoch, prefix, text(prefix, choice, stopRequested)));
      }
    } catch (CancellationException e) {
      return null;
    }
    return previews;
  }

  private String text(String prefix, Decoding choice, BooleanSupplier stopRequested) {
    StringBuilder text = new StringBuilder();
    generator.generate(
        prefix,
        spec.length(),
        List.of(choice),
        (i, more) -> {
          if (stopRequested.getAsBoolean()) {
            throw new CancellationException("a stop was requested");
          }
          text.append(more);
        });
    return text.toString();
  }
}
