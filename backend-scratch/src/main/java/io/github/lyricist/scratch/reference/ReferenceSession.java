package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;

/** A state; what it is computed with belongs to the model alone. */
final class ReferenceSession implements Session {
  private final ReferenceRecurrentModel model;
  private NetworkState state;
  private boolean closed;

  ReferenceSession(ReferenceRecurrentModel model, int batchSize) {
    this.model = model;
    this.state = model.network().initialState(batchSize);
  }

  private ReferenceNetwork network() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    return model.network();
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    ReferenceNetwork network = network();
    for (int b = 0; b < ids.length; b++) {
      double[] row = network.logits(ids[b], state.ofSequence(b));
      for (int v = 0; v < row.length; v++) {
        logits[b * row.length + v] = (float) row[v];
      }
    }
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    return new Evaluation(network().crossEntropy(batch, state), batch.predictions());
  }

  @Override
  public HiddenState state() {
    return state.toHiddenState();
  }

  @Override
  public void set(HiddenState state) {
    this.state = NetworkState.of(network().spec(), state);
  }

  @Override
  public void select(int... rows) {
    state = state.select(rows);
  }

  @Override
  public void close() {
    closed = true;
  }
}
