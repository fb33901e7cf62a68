package io.github.lyricist.model;

/**
 * How well a model predicted.
 *
 * @param crossEntropy total negative log-likelihood of the targets, in nats
 * @param predictions number of targets
 */
public record Evaluation(double crossEntropy, long predictions) {
  public static final Evaluation NONE = new Evaluation(0, 0);

  public Evaluation plus(Evaluation other) {
    return new Evaluation(crossEntropy + other.crossEntropy, predictions + other.predictions);
  }

  /** Mean cross-entropy of a prediction, in nats. */
  public double loss() {
    return crossEntropy / predictions;
  }

  /**
   * Cross-entropy of a character, in bits: what models with other tokens can be compared by.
   *
   * @param charactersPerToken how many a target has on average
   */
  public double bitsPerCharacter(double charactersPerToken) {
    return loss() / Math.log(2) / charactersPerToken;
  }

  /** {@code exp(loss)}; infinite where that is beyond a double's range. */
  public double perplexity() {
    return Math.exp(loss());
  }
}
