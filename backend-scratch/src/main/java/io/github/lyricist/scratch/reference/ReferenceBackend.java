package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.scratch.PlainJava;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;

/** Makes reference models, in single precision. */
final class ReferenceBackend implements Backend {
  private static final Precision PRECISION = Precision.FLOAT;

  private boolean closed;

  @Override
  public String version() {
    return PlainJava.version() + " (plain loops)";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial) {
    requireOpen();
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    return new ReferenceRecurrentModel(
        new ReferenceNetwork(spec, vocabularySize, initial, PRECISION));
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    requireOpen();
    return new ReferenceTrainer((ReferenceRecurrentModel) model, spec, PRECISION);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
