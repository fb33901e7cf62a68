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

  /**
   * An engine got less memory than it asked for, outside of Java's heap.
   *
   * @param engine what users know it as
   * @param asked what for, in a few words: {@code an array of 2.10 GB}
   */
  public static RunFailedException outOfMemory(String engine, String asked, Throwable cause) {
    return new RunFailedException(
        "%s has no memory for %s; lower sampler.batchSize, sampler.steps or model.hidden, or end other programs"
            .formatted(engine, asked),
        cause);
  }
}
