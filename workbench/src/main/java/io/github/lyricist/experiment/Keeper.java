package io.github.lyricist.experiment;

import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Validated;
import io.github.lyricist.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Keeps the parameters of a training in memory, as {@link Recorder} does in files. */
final class Keeper implements TrainingListener {
  private final RecurrentModel model;
  private final TrainingListener listener;
  private final Divergence divergence;
  private @Nullable Parameters best; // by validation

  /**
   * @param vocabularySize V
   * @param listener told all events, too
   */
  Keeper(RecurrentModel model, int vocabularySize, TrainingListener listener) {
    this.model = model;
    this.listener = listener;
    this.divergence = new Divergence(vocabularySize);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof Validated validated && validated.best()) {
      best = model.parameters();
    }
    listener.on(event);
    if (event instanceof EpochDone done) {
      String diverged = divergence.observe(done.result());
      if (diverged != null) {
        listener.on(new Notice(diverged));
      }
    }
  }

  /**
   * Those of the best epoch by validation, or else those that the model has.
   *
   * @throws DivergedException if they are no good
   */
  Parameters kept() {
    if (best != null) {
      return best;
    }
    divergence.requireOver();
    Parameters parameters = model.parameters();
    if (!parameters.areFinite()) {
      throw new DivergedException("training diverged: there are weights that are not finite");
    }
    return parameters;
  }
}
