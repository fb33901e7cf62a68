package io.github.lyricist.nd4j;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A state and a workspace of its own over the weights of a model. */
final class NdSession implements Session {
  private final Workspace workspace;
  private HiddenState state;

  NdSession(NdRecurrentModel model, int batchSize) {
    this.workspace = new Workspace(model);
    this.state = HiddenState.zero(model.spec(), batchSize);
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    workspace.forward(ids, DropoutMasks.NONE, state).copyLogits(logits);
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    Network network = workspace.forward(batch.inputs(), DropoutMasks.NONE, state);
    return new Evaluation(network.crossEntropy(batch.targets()), batch.predictions());
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
  public void close() {
    workspace.close();
  }
}
