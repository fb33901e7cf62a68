package io.github.lyricist.consistency.fault;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;

/** A healthy trainer, but for what a fault does to its gradient or to Adam's spec. */
class FaultyTrainer implements Trainer {
  private final RecurrentModel model;
  private final TrainingSpec spec;
  private final Backend engine;
  private Trainer healthy;

  FaultyTrainer(RecurrentModel model, TrainingSpec spec, Backend engine) {
    this.model = model;
    this.spec = spec;
    this.engine = engine;
    this.healthy = engine.createTrainer(model, spec);
  }

  /** Changes the gradient before it is applied. */
  void spoil(Parameters gradient) {}

  /** The spec by which step t is taken. */
  Adam spoil(Adam adam, long step) {
    return adam;
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    return healthy.accumulate(batch, dropout, state, predictions);
  }

  @Override
  public Parameters gradient() {
    return healthy.gradient();
  }

  @Override
  public void add(Parameters gradient) {
    healthy.add(gradient);
  }

  @Override
  public void clear() {
    healthy.clear();
  }

  @Override
  public double update(double learningRate) {
    Parameters gradient = healthy.gradient();
    spoil(gradient);
    healthy.clear();
    if (spec.optimizer() instanceof Adam adam) {
      OptimizerState known = healthy.optimizerState();
      healthy.close();
      healthy = engine.createTrainer(model, by(spoil(adam, known.steps() + 1)));
      healthy.restore(known);
    }
    healthy.add(gradient);
    return healthy.update(learningRate);
  }

  private TrainingSpec by(Adam adam) {
    return new TrainingSpec(
        spec.epochs(),
        adam,
        spec.clipNorm(),
        spec.clipValue(),
        spec.schedule(),
        1,
        1,
        spec.earlyStop());
  }

  @Override
  public OptimizerState optimizerState() {
    return healthy.optimizerState();
  }

  @Override
  public void restore(OptimizerState state) {
    healthy.restore(state);
  }

  @Override
  public void close() {
    healthy.close();
  }
}
