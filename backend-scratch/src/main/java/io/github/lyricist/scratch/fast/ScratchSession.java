package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;

/** A state and a workspace of its own over the weights of a model. */
final class ScratchSession implements Session {
  private final ScratchRecurrentModel model;
  private final FastNetwork network;
  private HiddenState state;

  ScratchSession(ScratchRecurrentModel model, FastNetwork network, HiddenState state) {
    this.model = model;
    this.network = network;
    this.state = state;
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    model.requireOpen();
    network.nextLogits(ids, state, logits);
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    model.requireOpen();
    return new Evaluation(network.crossEntropy(batch, state), batch.predictions());
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

  /** Does nothing: the garbage collector frees the heap. */
  @Override
  public void close() {}
}
