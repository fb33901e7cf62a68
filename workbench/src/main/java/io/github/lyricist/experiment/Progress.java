package io.github.lyricist.experiment;

import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingListener;
import java.util.List;

/** Told what an experiment does, on the experiment's own thread. */
public interface Progress extends TrainingListener {
  /** Something worth saying, in one line. */
  void notice(String message);

  /**
   * Training is about to begin, or to go on.
   *
   * @param epochs how many in all
   * @param batches of each epoch
   * @param batchesDone how many batches of all epochs were trained before
   */
  default void started(int epochs, int batches, long batchesDone) {}

  /** An epoch after which text was generated. */
  void previewed(EpochResult result, List<PreviewText> texts);

  /**
   * A text generated while training.
   *
   * @param prefix what it starts with
   * @param text what the model wrote after that
   */
  record PreviewText(String prefix, String text) {}
}
