package io.github.lyricist.testkit.fake;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import java.util.Arrays;

/** Every logit is zero: each of the V characters has the probability 1/V. */
final class FakeSession implements Session {
  private final int vocabularySize;
  private HiddenState state;

  FakeSession(int vocabularySize, HiddenState state) {
    this.vocabularySize = vocabularySize;
    this.state = state;
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    Arrays.fill(logits, 0);
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    return FakeTrainer.evaluation(batch, vocabularySize);
  }

  @Override
  public HiddenState state() {
    return state.copy();
  }

  @Override
  public void set(HiddenState state) {
    this.state = state.copy();
  }

  @Override
  public void select(int... rows) {
    state = state.select(rows);
  }

  @Override
  public void close() {}
}
