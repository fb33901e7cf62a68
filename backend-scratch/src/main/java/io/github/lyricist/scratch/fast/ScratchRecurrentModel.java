package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;

/** A model's weights, and the threads that compute with them. */
final class ScratchRecurrentModel implements RecurrentModel {
  private final NetworkWeights weights;
  private final Workers workers;
  private volatile boolean closed;

  ScratchRecurrentModel(NetworkWeights weights, Workers workers) {
    this.weights = weights;
    this.workers = workers;
  }

  /** The weights, not a copy: an optimizer changes them. */
  NetworkWeights weights() {
    requireOpen();
    return weights;
  }

  Workers workers() {
    return workers;
  }

  /** Buffers for the products of one reader, writer or trainer. */
  Products newProducts() {
    return new Products(weights.kernels(), workers);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public ModelSpec spec() {
    return weights().spec();
  }

  @Override
  public int vocabularySize() {
    return weights().vocabularySize();
  }

  @Override
  public Parameters parameters() {
    return weights().toParameters();
  }

  @Override
  public RecurrentState newState(int batchSize) {
    return HiddenState.zero(spec(), batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    FastNetwork network = new FastNetwork(weights(), newProducts());
    return new ScratchSession(this, network, HiddenState.zero(spec(), batchSize));
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    return new FastNetwork(weights(), newProducts()).trace(batch.inputs(), before.copy());
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    return Attribution.of(weights(), newProducts(), batch.inputs(), before.copy(), tokens);
  }

  @Override
  public void close() {
    closed = true;
  }
}
