package io.github.lyricist.generation;

/** Chooses the characters of one text from what the model predicts, one after another. */
public interface Decoding {
  /** Always the likeliest character, the one with the lowest id among equals. */
  Decoding GREEDY = Logits::likeliest;

  /**
   * The id of the next token.
   *
   * @param logits {@code float[V]}; may be overwritten
   * @throws io.github.lyricist.RunFailedException if one is NaN, or the largest is infinite
   */
  int choose(float[] logits);

  /** Told of each character of the text, those of the prefix included, before the next choice. */
  default void read(int id) {}
}
