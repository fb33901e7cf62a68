package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * How the characters of a text are chosen.
 *
 * @param temperature what logits are divided by before a character is drawn; 0 takes the likeliest
 * @param topK draw among the K likeliest alone, or null
 * @param topP draw among the likeliest alone that together have this probability, or null (nucleus
 *     sampling: Holtzman et al., 2020)
 * @param repetitionPenalty makes characters of the text so far less likely; 1 doesn't
 */
public record DecodingSpec(
    double temperature, @Nullable Integer topK, @Nullable Double topP, double repetitionPenalty) {

  public DecodingSpec {
    require(
        temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "0 or more");
    require(topK == null || topK > 0, "top-k", topK, "a number of characters, at least 1");
    require(
        topP == null || (topP > 0 && topP <= 1), "top-p", topP, "a probability above 0, at most 1");
    require(
        repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
        "repetition-penalty",
        repetitionPenalty,
        "a number above 0");
  }

  private static void require(boolean holds, String key, @Nullable Object found, String expected) {
    if (!holds) {
      throw InvalidInputException.ofKey(key, "found " + found, "expected " + expected);
    }
  }

  /**
   * Begins a text.
   *
   * @param random the text's own
   * @param vocabularySize V
   */
  public Decoding begin(UniformRandomProvider random, int vocabularySize) {
    Decoding choice =
        temperature == 0 ? Decoding.GREEDY : new RandomChoice(temperature, topK, topP, random);
    return repetitionPenalty == 1
        ? choice
        : new RepetitionPenalty(repetitionPenalty, vocabularySize, choice);
  }

  /**
   * Begins texts that are written side by side. Each draws from the stream of its number, so that
   * it is the same whatever is written beside it.
   *
   * @param first the number of the first text
   * @param count how many texts
   * @param vocabularySize V
   * @return one for each text, in their order
   */
  public List<Decoding> begin(RandomStreams random, int first, int count, int vocabularySize) {
    return IntStream.range(first, first + count)
        .mapToObj(text -> begin(random.stream(Purpose.GENERATION, (long) text), vocabularySize))
        .toList();
  }
}
