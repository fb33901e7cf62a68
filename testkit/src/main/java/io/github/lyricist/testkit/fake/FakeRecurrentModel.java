package io.github.lyricist.testkit.fake;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;

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
  public RecurrentState newState(int batchSize) {
    return HiddenState.zero(spec, batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    return new FakeSession(vocabularySize(), HiddenState.zero(spec, batchSize));
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    return new Trace();
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    return new float[batch.predictions()];
  }

  @Override
  public void close() {}
}
