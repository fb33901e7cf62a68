package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.scratch.PlainJava;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** Makes reference models, in single precision. */
final class ReferenceBackend implements Backend {
  private final RecurrentCell.Factory cells;
  private boolean closed;

  ReferenceBackend(RecurrentCell.Factory cells) {
    this.cells = cells;
  }

  @Override
  public String version() {
    return PlainJava.version() + " (plain loops)";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use) {
    requireOpen();
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    Weights weights = Weights.of(spec, vocabularySize, initial);
    return new ReferenceRecurrentModel(new ReferenceNetwork(weights, Precision.FLOAT, cells), use);
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    requireOpen();
    return new ReferenceTrainer((ReferenceRecurrentModel) model, spec);
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return new ReferenceMemory(spec, vocabularySize, batchSize, steps, cells).need(training);
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
