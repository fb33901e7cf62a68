package io.github.lyricist.consistency.fake;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;

final class FakeBackend implements Backend {
  @Override
  public String version() {
    return "Fake 1";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial) {
    return new FakeRecurrentModel(spec, initial);
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    return new FakeTrainer(model);
  }

  @Override
  public void close() {}
}
