package io.github.lyricist.djl;

import ai.djl.ndarray.NDManager;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A state and a workspace of its own over the weights of a model. */
final class DjlSession implements Session {
  private final NDManager manager;
  private final Workspace workspace;
  private final DjlState state;

  /**
   * @param manager within the model's own; closed with the session
   */
  DjlSession(NDManager manager, Network network, DjlState state) {
    this.manager = manager;
    this.workspace = new Workspace(network);
    this.state = state;
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    try (NDManager step = newScope()) {
      float[] next =
          DjlBackend.onPyTorch(
              () -> workspace.logits(ids, DropoutMasks.NONE, state, false, step).toFloatArray());
      System.arraycopy(next, 0, logits, 0, next.length);
    }
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    try (NDManager step = newScope()) {
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
    requireOpen();
    return DjlBackend.onPyTorch(state::copy);
  }

  @Override
  public void set(HiddenState values) {
    requireOpen();
    DjlBackend.doOnPyTorch(() -> state.set(values));
  }

  @Override
  public void select(int... rows) {
    requireOpen();
    DjlBackend.doOnPyTorch(() -> state.select(rows));
  }

  private NDManager newScope() {
    requireOpen();
    return manager.newSubManager();
  }

  /** Also sees to it that this thread records nothing by itself. */
  private void requireOpen() {
    if (!manager.isOpen()) {
      throw new IllegalStateException("the session or its model is closed");
    }
    Autograd.off();
  }

  @Override
  public void close() {
    manager.close();
  }
}
