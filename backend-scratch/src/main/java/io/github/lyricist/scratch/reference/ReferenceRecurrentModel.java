package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;

/** {@link ReferenceNetwork} as the workbench uses a model. */
final class ReferenceRecurrentModel implements RecurrentModel {
  private final ReferenceNetwork network;
  private final Use use;
  private volatile boolean closed;

  ReferenceRecurrentModel(ReferenceNetwork network, Use use) {
    this.network = network;
    this.use = use;
  }

  ReferenceNetwork network() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return network;
  }

  Use use() {
    return use;
  }

  @Override
  public ModelSpec spec() {
    return network().spec();
  }

  @Override
  public int vocabularySize() {
    return network().weights().vocabularySize();
  }

  @Override
  public Parameters parameters() {
    return network().weights().toParameters();
  }

  @Override
  public RecurrentState newState(int batchSize) {
    return HiddenState.zero(spec(), batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    return new ReferenceSession(this, batchSize);
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    return network().trace(batch, NetworkState.of(spec(), before));
  }

  /** In double precision. */
  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    double[] attribution =
        network().inDoublePrecision().attribution(batch, NetworkState.of(spec(), before), tokens);
    float[] rounded = new float[attribution.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) attribution[i];
    }
    return rounded;
  }

  @Override
  public void close() {
    closed = true;
  }
}
