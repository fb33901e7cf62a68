package io.github.lyricist.testkit.fake;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class FakeBackend implements Backend {
  private final List<String> notices;

  FakeBackend(List<String> notices) {
    this.notices = notices;
  }

  @Override
  public String version() {
    return "Fake 1";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use) {
    Parameters taken = new Parameters();
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    spec.shapes(vocabularySize)
        .forEach((name, shape) -> taken.put(name, shape, initial.take(name)));
    return new FakeRecurrentModel(spec, taken);
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    return new FakeTrainer(model);
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return MemoryNeed.ofHeap(0);
  }

  @Override
  public void close() {}
}
