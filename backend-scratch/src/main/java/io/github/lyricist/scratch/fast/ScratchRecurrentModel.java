package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;

/** {@link FastNetwork} as the workbench uses a model. */
final class ScratchRecurrentModel implements RecurrentModel {
  private final FastNetwork network;

  ScratchRecurrentModel(FastNetwork network) {
    this.network = network;
  }

  FastNetwork network() {
    return network;
  }

  @Override
  public ModelSpec spec() {
    return network.spec();
  }

  @Override
  public int vocabularySize() {
    return network.weights().vocabularySize();
  }

  @Override
  public Parameters parameters() {
    return network.weights().toParameters();
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    return new Evaluation(network.crossEntropy(batch, state), batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    network.nextLogits(ids, state, logits);
  }

  @Override
  public void close() {
    network.close();
  }
}
