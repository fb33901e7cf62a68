package io.github.lyricist.training;

import io.github.lyricist.RunFailedException;

/**
 * A training went the wrong way: its loss or gradient is not finite any more, or it ended far worse
 * than guessing.
 */
public final class DivergedException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /** The advice that goes with it. */
  public static final String WHAT_TO_DO =
      "lower training.optimizer.learningRate or set training.clipNorm";

  /**
   * @param what happened, with the numbers that show it
   */
  public DivergedException(String what) {
    super(what + "; " + WHAT_TO_DO);
  }
}
