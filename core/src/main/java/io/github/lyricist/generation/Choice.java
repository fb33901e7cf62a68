package io.github.lyricist.generation;

/** Chooses the tokens of one text from what the model predicts, one after another. */
public interface Choice {
  /** Always the likeliest token, the one with the lowest id among equals. */
  Choice GREEDY = Logits::likeliest;

  /**
   * The id of the next token.
   *
   * @param logits {@code float[V]}
   * @throws io.github.lyricist.RunFailedException if one is NaN, or the largest is infinite
   */
  int choose(float[] logits);

  /** Told of each token of the text, those of the prefix included, before the next choice. */
  default void read(int id) {}
}
