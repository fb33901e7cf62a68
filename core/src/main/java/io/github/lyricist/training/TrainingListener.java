package io.github.lyricist.training;

/** Told what the training loop does, on the loop's own thread. */
public interface TrainingListener {
  /** A batch was trained; {@code batch} counts from 1 to {@code batches}. */
  default void batchDone(int epoch, int batch, int batches) {}

  /**
   * An epoch was trained that has the best validation perplexity so far; told before {@link
   * #epochDone}.
   */
  default void improved(EpochResult result) {}

  /** An epoch was trained; the loop stands before the next. */
  default void epochDone(EpochResult result) {}
}
