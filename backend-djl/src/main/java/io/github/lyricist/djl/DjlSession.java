package io.github.lyricist.djl;

import ai.djl.ndarray.NDManager;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A state on the device, and a workspace of its own over the weights of a model. */
final class DjlSession implements Session {
  private final DjlRecurrentModel model;
  private final Workspace workspace;
  private final DjlState state;

  DjlSession(DjlRecurrentModel model, int batchSize) {
    this.model = model;
    this.workspace = new Workspace(model);
    this.state = new DjlState(model.newScope(), model.spec(), batchSize);
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    try (NDManager step = model.newScope()) {
      float[] next =
          DjlBackend.onPyTorch(
              () -> workspace.logits(ids, DropoutMasks.NONE, state, false, step).toFloatArray());
      System.arraycopy(next, 0, logits, 0, next.length);
    }
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    try (NDManager step = model.newScope()) {
      double total =
          DjlBackend.onPyTorch(
              () ->
                  Workspace.crossEntropy(
                      workspace.logProbabilities(batch, DropoutMasks.NONE, state, false, step)));
      return new Evaluation(total, batch.predictions());
    }
  }

  @Override
  public HiddenState state() {
    return state.copy();
  }

  @Override
  public void set(HiddenState state) {
    this.state.set(state);
  }

  @Override
  public void select(int... rows) {
    model.requireOpen();
    state.select(rows);
  }

  @Override
  public void close() {
    state.close();
  }
}
