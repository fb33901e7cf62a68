package io.github.lyricist.generation;

/** Chooses the next character from what the model predicts. */
@FunctionalInterface
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
   * @param logits {@code float[V]}
   */
  int choose(float[] logits);
}
