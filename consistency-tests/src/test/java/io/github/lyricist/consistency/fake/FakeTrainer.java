package io.github.lyricist.consistency.fake;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.Map;

/** Measures, and changes nothing. */
final class FakeTrainer implements Trainer {
  private final RecurrentModel model;

  FakeTrainer(RecurrentModel model) {
    this.model = model;
  }

  @Override
  public StepResult step(
      Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
    return new StepResult(model.evaluate(batch, state).loss(), 0);
  }

  @Override
  public Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state) {
    return new Parameters();
  }

  @Override
  public OptimizerState optimizerState() {
    return new OptimizerState(0, Map.of());
  }

  @Override
  public void restore(OptimizerState state) {}

  @Override
  public void close() {}
}
