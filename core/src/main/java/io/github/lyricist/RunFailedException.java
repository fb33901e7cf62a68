package io.github.lyricist;

import org.jspecify.annotations.Nullable;

/**
 * A run that was rightly asked for could not be carried out: reading or writing failed, training
 * diverged, or the engine broke. The program ends with exit code 1.
 */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFailedException(String message) {
    this(message, null);
  }

  public RunFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
