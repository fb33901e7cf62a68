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

/** A recurrent language model's weights in ND4J's memory. */
final class NdRecurrentModel implements RecurrentModel {
  private final NdWeights weights;
  private final Use use;
  private volatile boolean closed;

  /**
   * @param initial handed over
   */
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

  /** Checks that the model was made for training. */
  void requireTraining() {
    if (use != Use.TRAINING) {
      throw new IllegalStateException("the model was made for writing, not for training");
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
    return weights().toParameters(name -> true);
  }

  @Override
  public RecurrentState newState(int batchSize) {
    return HiddenState.zero(spec(), batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    return new NdSession(this, batchSize);
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    try (Workspace workspace = new Workspace(this)) {
      return workspace.forward(batch.inputs(), DropoutMasks.NONE, before.copy()).trace();
    }
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    try (Workspace workspace = new Workspace(this)) {
      return workspace
          .forward(batch.inputs(), DropoutMasks.NONE, before.copy())
          .attribution(batch.inputs(), tokens);
    }
  }

  @Override
  public void close() {
    closed = true;
    weights.close();
  }
}
