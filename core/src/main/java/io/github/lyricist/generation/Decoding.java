package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * How the tokens of a text are chosen: the penalty acts first, then min-p, temperature, top-k and
 * top-p; of what is left a token is drawn.
 *
 * @param temperature what logits are divided by before a token is drawn; 0 takes the likeliest
 * @param topK draw among the K likeliest alone, or null
 * @param topP draw among the likeliest alone that together have this probability, or null
 * @param minP draw among those alone that have at least this share of the likeliest's probability,
 *     before temperature, or null
 * @param repetitionPenalty makes tokens of the text so far less likely; 1 doesn't
 */
@RecordBuilder
public record Decoding(
    double temperature,
    @Nullable Integer topK,
    @Nullable Double topP,
    @Nullable Double minP,
    double repetitionPenalty)
    implements DecodingBuilder.With {
  /** Always the likeliest. */
  public static final Decoding GREEDY = sampling(0);

  public Decoding {
    require(
        temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "0 or more");
    require(topK == null || topK > 0, "top-k", topK, "a number of tokens, at least 1");
    require(
        topP == null || (topP > 0 && topP <= 1), "top-p", topP, "a probability above 0, at most 1");
    require(minP == null || (minP >= 0 && minP <= 1), "min-p", minP, "a share of 0 to 1");
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

  /** Draws from all tokens. */
  public static Decoding sampling(double temperature) {
    return new Decoding(temperature, null, null, null, 1);
  }

  /**
   * Begins a text.
   *
   * @param random the text's own
   * @param vocabularySize V
   */
  public Choice begin(UniformRandomProvider random, int vocabularySize) {
    if (temperature == 0 && repetitionPenalty == 1) {
      return Choice.GREEDY;
    }
    boolean[] seen = new boolean[vocabularySize];
    List<LogitsProcessor> processors = new ArrayList<>();
    if (repetitionPenalty != 1) {
      processors.add(new RepetitionPenalty(repetitionPenalty, seen));
    }
    if (temperature == 0) {
      return new DecodingChain(seen, processors, Logits::likeliest);
    }
    processors.addAll(sharpeners());
    return new DecodingChain(seen, processors, logits -> Logits.draw(logits, random));
  }

  /** What makes likely tokens likelier, in its order; for a temperature above 0. */
  List<LogitsProcessor> sharpeners() {
    List<LogitsProcessor> processors = new ArrayList<>();
    if (minP != null && minP > 0) {
      processors.add(Truncation.minP(minP));
    }
    if (temperature != 1) {
      processors.add(this::divide);
    }
    if (topK != null) {
      processors.add(Truncation.topK(topK));
    }
    if (topP != null) {
      processors.add(Truncation.topP(topP));
    }
    return processors;
  }

  private void divide(double[] logits) {
    double most = logits[Logits.likeliest(logits)]; // no quotient leaves the range of double
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (logits[id] - most) / temperature;
    }
  }
}
