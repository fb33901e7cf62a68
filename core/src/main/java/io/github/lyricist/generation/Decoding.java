package io.github.lyricist.generation;

/** Chooses the characters of one text from what the model predicts, one after another. */
public interface Decoding {
  /** Always the likeliest character, the one with the lowest id among equals. */
  Decoding GREEDY =
      logits -> {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
          if (logits[id] > logits[best]) {
            best = id;
          }
        }
        return best;
      };

  /**
   * The token id to go on with.
   *
   * @param logits {@code float[V]}; may be overwritten
   */
  int choose(float[] logits);

  /** Told of each character of the text, those of the prefix included, before the next choice. */
  default void read(int id) {}
}
