package io.github.lyricist.training;

import io.github.lyricist.RunFailedException;

/** A training's loss or gradient is not finite any more. */
public final class DivergedException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  DivergedException(String message) {
    super(message);
  }
}
