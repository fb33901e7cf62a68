package io.github.lyricist;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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

  /**
   * A file, or a stream, could not be read.
   *
   * @param what its name, as the user knows it
   */
  public static RunFailedException reading(Object what, IOException e) {
    return new RunFailedException(what + ": reading failed: " + reason(e), e);
  }

  /**
   * A file, or a stream, could not be written.
   *
   * @param what its name, as the user knows it
   */
  public static RunFailedException writing(Object what, IOException e) {
    return new RunFailedException(what + ": writing failed: " + reason(e), e);
  }

  /**
   * Why reading or writing failed, in words; many an exception of the file system has nothing but a
   * path for a message.
   */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
