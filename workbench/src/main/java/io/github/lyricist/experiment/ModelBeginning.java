package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Beginning;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model begins a text with where nobody says with what.
 *
 * @param prefix at least one character, all of which the model knows
 * @param reason how it was found, in a few words
 */
public record ModelBeginning(String prefix, String reason) {

  /**
   * The beginning of the text that the model learned, or else one of its characters by chance.
   *
   * @param runDirectory of the model, or its file alone
   * @param experiment of the run, or null where it is not known
   */
  public static ModelBeginning of(
      Path runDirectory,
      @Nullable ExperimentSpec experiment,
      Tokenizer tokenizer,
      RandomStreams random) {
    return Optional.ofNullable(experiment)
        .flatMap(run -> ofText(runDirectory, run, tokenizer))
        .orElseGet(() -> byChance(tokenizer, random));
  }

  private static Optional<ModelBeginning> ofText(
      Path runDirectory, ExperimentSpec experiment, Tokenizer tokenizer) {
    try {
      CorpusReader reader =
          new CorpusReader(
              experiment.corpus(),
              experiment.sampler().batchSize(),
              TextCache.ofUser(odd -> {}),
              odd -> {});
      Corpus text = reader.read(tokenizer, unknown -> {}).whole();
      return text.sha256().equals(Provenance.read(runDirectory).get("corpus.sha256"))
          ? Optional.of(new ModelBeginning(Beginning.of(text), "as the run's text does"))
          : Optional.empty();
    } catch (InvalidInputException | RunFailedException e) {
      return Optional.empty(); // the text is no longer there, or another
    }
  }

  /**
   * Whether a token is what it is shown as, and not a part of a character or of what is unknown.
   */
  private static boolean isWhole(int id, Tokenizer tokenizer) {
    String text = tokenizer.text(id);
    return tokenizer.knows(text) && Arrays.equals(tokenizer.encode(text), new int[] {id});
  }

  private static ModelBeginning byChance(Tokenizer tokenizer, RandomStreams random) {
    int[] visible =
        IntStream.range(0, tokenizer.size())
            .filter(id -> !tokenizer.text(id).isBlank() && isWhole(id, tokenizer))
            .toArray();
    int[] from = visible.length > 0 ? visible : IntStream.range(0, tokenizer.size()).toArray();
    int id = from[random.stream(Purpose.BEGINNING, 0).nextInt(from.length)];
    return new ModelBeginning(tokenizer.text(id), "by chance, the run's text not being at hand");
  }
}
