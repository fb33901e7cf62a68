package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Ending;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the previews that a config asks for, and always those of the last epoch. */
final class Previewer implements TrainingLoop.Previews {
  private final ExperimentSpec.PreviewSpec spec;
  private final List<String> prefixes;
  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final RandomStreams random;

  /**
   * @param prefixes what the texts begin with
   * @param random the experiment's; each text draws from a stream of its own epoch and number
   */
  Previewer(
      ExperimentSpec.PreviewSpec spec,
      List<String> prefixes,
      RecurrentModel model,
      Tokenizer tokenizer,
      RandomStreams random) {
    this.spec = spec;
    this.prefixes = prefixes;
    this.model = model;
    this.tokenizer = tokenizer;
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
        int number = previews.size();
        Search search =
            new Sampling(
                model,
                tokenizer,
                Decoding.sampling(spec.temperature()),
                Ending.after(spec.length()),
                Sampling.TEXT_ALONE,
                text -> random.stream(Purpose.PREVIEW, epoch, (long) number));
        previews.add(new Preview(epoch, prefix, text(search, prefix, stopRequested)));
      }
    } catch (CancellationException e) {
      return null;
    }
    return previews;
  }

  private static String text(Search search, String prefix, BooleanSupplier stopRequested) {
    StringBuilder text = new StringBuilder();
    search.write(
        prefix,
        1,
        (i, more) -> {
          if (stopRequested.getAsBoolean()) {
            throw new CancellationException("a stop was requested");
          }
          text.append(more);
        });
    return text.toString();
  }
}
