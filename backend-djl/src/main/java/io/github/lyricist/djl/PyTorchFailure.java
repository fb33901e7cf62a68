package io.github.lyricist.djl;

import ai.djl.engine.EngineException;
import io.github.lyricist.Bytes;
import io.github.lyricist.RunFailedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PyTorch's own errors mean to a user. */
final class PyTorchFailure {
  /** On a processor with the bytes, on CUDA with a unit. */
  private static final Pattern SIZE =
      Pattern.compile("tried to allocate ([0-9.]+ \\w+)", Pattern.CASE_INSENSITIVE);

  private PyTorchFailure() {}

  /** The same failure, in one line. */
  static RunFailedException of(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher size = SIZE.matcher(message);
    if (size.find()) {
      return RunFailedException.outOfMemory(
          "PyTorch", "an array of " + inUsersUnits(size.group(1)), failure);
    }
    if (message.contains("std::bad_alloc")) {
      return RunFailedException.outOfMemory("PyTorch", "its own work", failure);
    }
    return new RunFailedException(
        "PyTorch failed: " + message.lines().findFirst().orElse(""), failure);
  }

  private static String inUsersUnits(String size) {
    return size.endsWith(" bytes")
        ? Bytes.text(Long.parseLong(size.substring(0, size.indexOf(' '))))
        : size;
  }
}
