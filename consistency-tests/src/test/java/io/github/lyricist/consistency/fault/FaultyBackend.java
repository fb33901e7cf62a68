package io.github.lyricist.consistency.fault;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An engine whose trainers have a fault. */
final class FaultyBackend implements Backend {
  private final Backend healthy;
  private final BiFunction<RecurrentModel, TrainingSpec, Trainer> trainers;

  FaultyBackend(Backend healthy, BiFunction<RecurrentModel, TrainingSpec, Trainer> trainers) {
    this.healthy = healthy;
    this.trainers = trainers;
  }

  @Override
  public String version() {
    return healthy.version();
  }

  @Override
  public String device() {
    return healthy.device();
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use) {
    return healthy.createModel(spec, initial, use);
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    return trainers.apply(model, spec);
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return healthy.memoryNeed(spec, vocabularySize, batchSize, steps, training);
  }

  @Override
  public void close() {
    healthy.close();
  }
}
