package io.github.lyricist.generation;

/**
 * Makes the characters that a text has already less likely: their logits are divided by the penalty
 * where positive, multiplied by it where negative (Keskar et al., 2019).
 */
final class RepetitionPenalty implements Decoding {
  private final float penalty;
  private final boolean[] seen; // boolean[V]
  private final Decoding choice;

  RepetitionPenalty(double penalty, int vocabularySize, Decoding choice) {
    this.penalty = (float) penalty;
    this.seen = new boolean[vocabularySize];
    this.choice = choice;
  }

  @Override
  public void read(int id) {
    seen[id] = true;
    choice.read(id);
  }

  @Override
  public int choose(float[] logits) {
    for (int id = 0; id < logits.length; id++) {
      if (seen[id]) {
        logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
      }
    }
    return choice.choose(logits);
  }
}
