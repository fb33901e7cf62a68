package io.github.lyricist.testkit;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.Trainer;

/** Gradients as tests look at them. */
public final class Gradients {
  private Gradients() {}

  /**
   * The gradient of the mean loss over a batch, by a trainer that has accumulated nothing. Neither
   * the trainer nor the state is changed.
   */
  public static Parameters of(
      RecurrentModel model, Trainer trainer, Batch batch, DropoutMasks dropout, HiddenState state) {
    try (RecurrentState engines = model.newState(state.batchSize())) {
      engines.set(state);
      trainer.accumulate(batch, dropout, engines, batch.predictions());
    }
    Parameters gradient = trainer.gradient();
    trainer.clear();
    return gradient;
  }
}
