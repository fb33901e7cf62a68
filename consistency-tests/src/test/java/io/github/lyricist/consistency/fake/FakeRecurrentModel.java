package io.github.lyricist.consistency.fake;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import java.util.Arrays;

/** Every logit is zero: each of the V characters has the probability 1/V. */
final class FakeRecurrentModel implements RecurrentModel {
  private final ModelSpec spec;
  private final Parameters parameters;

  FakeRecurrentModel(ModelSpec spec, Parameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public int vocabularySize() {
    return parameters.shape("linear.weight").dimension(0);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    return new Evaluation(batch.predictions() * Math.log(vocabularySize()), batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    Arrays.fill(logits, 0);
  }

  @Override
  public void close() {}
}
