package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small file of a run directory that a user names, and no more of it than a limit. */
final class BoundedFile {
  static final String WHAT_TO_DO = "name a run directory that is whole";

  private BoundedFile() {}

  /**
   * The bytes of a file.
   *
   * @throws InvalidInputException if there is no such file, or it is larger than {@code limit}
   * @throws RunFailedException if reading fails
   */
  static byte[] bytes(Path file, int limit) {
    if (!Files.isRegularFile(file)) {
      throw InvalidInputException.at(file.toString(), "there is no such file", WHAT_TO_DO);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw InvalidInputException.at(
            file.toString(), "larger than the limit of " + limit + " bytes", WHAT_TO_DO);
      }
      return bytes;
    } catch (IOException e) {
      throw new RunFailedException(file + ": reading failed: " + e.getMessage(), e);
    }
  }

  /**
   * The first {@code length} of these bytes as text.
   *
   * @throws InvalidInputException if they are not UTF-8
   */
  static String text(Path file, byte[] bytes, int length) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw InvalidInputException.at(file.toString(), "not UTF-8", WHAT_TO_DO);
    }
  }
}
