package io.github.lyricist.testkit.fake;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import java.util.Map;

/** Measures, and changes nothing. */
final class FakeTrainer implements Trainer {
  private final RecurrentModel model;

  FakeTrainer(RecurrentModel model) {
    this.model = model;
  }

  /** How well a model predicts that knows nothing. */
  static Evaluation evaluation(Batch batch, int vocabularySize) {
    return new Evaluation(batch.predictions() * Math.log(vocabularySize), batch.predictions());
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    return evaluation(batch, model.vocabularySize());
  }

  @Override
  public Parameters gradient() {
    return new Parameters();
  }

  @Override
  public void add(Parameters gradient) {}

  @Override
  public void clear() {}

  @Override
  public double update(double learningRate) {
    return 0;
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
