package io.github.lyricist.nd4j;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;

/** A recurrent language model in ND4J's memory: its parameters, once. */
final class NdRecurrentModel implements RecurrentModel {
  private final NdWeights weights;
  private final Use use;
  private boolean closed;

  NdRecurrentModel(ModelSpec spec, Parameters initial, Use use) {
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    initial.requireShapes(spec.shapes(vocabularySize));
    this.weights = new NdWeights(spec, vocabularySize);
    this.use = use;
    weights.take(initial);
  }

  /** The parameters, not a copy: an optimizer changes them. */
  NdWeights weights() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return weights;
  }

  Use use() {
    return use;
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
    synchronized (NativeLibraries.LOCK) {
      return weights().toParameters(name -> true);
    }
  }

  @Override
  public RecurrentState newState(int batchSize) {
    return HiddenState.zero(spec(), batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    synchronized (NativeLibraries.LOCK) {
      return new NdSession(this, NativeState.zero(spec(), batchSize));
    }
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    synchronized (NativeLibraries.LOCK) {
      try (NativeState state = NativeState.of(spec(), before);
          Network network = new Network(weights(), BatchShape.of(batch), false)) {
        network.forward(batch.inputs(), DropoutMasks.NONE, state);
        return network.trace();
      }
    }
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    BatchShape shape = BatchShape.of(batch);
    synchronized (NativeLibraries.LOCK) {
      try (NativeState state = NativeState.of(spec(), before);
          Network network = new Network(weights(), shape, true);
          BackwardPass backward = new BackwardPass(spec(), vocabularySize(), shape)) {
        network.forward(batch.inputs(), DropoutMasks.NONE, state);
        return network.attribution(batch.inputs(), tokens, backward);
      }
    }
  }

  @Override
  public void close() {
    synchronized (NativeLibraries.LOCK) {
      closed = true;
      weights.close();
    }
  }
}
