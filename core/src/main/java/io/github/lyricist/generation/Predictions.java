package io.github.lyricist.generation;

import io.github.lyricist.generation.Written.Alternative;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model predicts of the next token. */
public final class Predictions {
  private final Tokenizer tokenizer;
  private final float[] logits;
  private final double logSum;

  private Predictions(Tokenizer tokenizer, float... logits) {
    this.tokenizer = tokenizer;
    this.logits = logits;
    this.logSum = Logits.logSumExp(logits);
  }

  /**
   * Of the logits of a step.
   *
   * @param logits {@code float[V]}; not to be changed while it is used
   */
  public static Predictions of(Tokenizer tokenizer, float... logits) {
    return new Predictions(tokenizer, logits);
  }

  /** Of a token, in nats. */
  public double logProbability(int id) {
    return logits[id] - logSum;
  }

  /** The likeliest tokens that can be written, the likeliest first. */
  public List<Alternative> likeliest(int count) {
    return IntStream.range(0, count == 0 ? 0 : logits.length)
        .filter(
            id -> logits[id] > Float.NEGATIVE_INFINITY && id != tokenizer.unknownId().orElse(-1))
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -logits[id]))
        .limit(count)
        .map(id -> new Alternative(tokenizer.text(id), logProbability(id)))
        .toList();
  }
}
