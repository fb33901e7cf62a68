package io.github.lyricist.generation;

import java.util.List;
import java.util.Map;

/**
 * A text that was written.
 *
 * @param text without what it follows
 * @param tokens that it was written in; the last may be longer than what of it is in the text
 * @param isStopped whether a stop ended it, and not its length
 * @param refused how much of the probability each constraint took, on average over the tokens, 0 to
 *     1, by its name
 */
public record Written(
    String text, List<Token> tokens, boolean isStopped, Map<String, Double> refused) {

  /**
   * A token that was written.
   *
   * @param text of it; empty where a character lacks its end
   * @param logProbability as the model predicts it, in nats, whatever the decoding made of that
   * @param likeliest what could have stood there, the likeliest first, as many as were asked for
   */
  public record Token(String text, double logProbability, List<Alternative> likeliest) {}

  /**
   * A token that could have been written.
   *
   * @param text of it
   * @param logProbability as the model predicts it, in nats
   */
  public record Alternative(String text, double logProbability) {}

  /** Of its tokens together, in nats. */
  public double logProbability() {
    return tokens.stream().mapToDouble(Token::logProbability).sum();
  }
}
