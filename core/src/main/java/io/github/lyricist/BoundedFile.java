package io.github.lyricist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small file that a user names, and no more of it than a limit. */
public final class BoundedFile {
  private BoundedFile() {}

  /**
   * The bytes of a file.
   *
   * @param whatToDo the advice where it can't be had
   * @throws InvalidInputException if there is no such file, or it is larger than {@code limit}
   * @throws RunFailedException if reading fails
   */
  public static byte[] bytes(Path file, int limit, String whatToDo) {
    requireRegular(file, whatToDo);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw InvalidInputException.at(
            file.toString(), "larger than the limit of " + Bytes.text(limit), whatToDo);
      }
      return bytes;
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    }
  }

  /**
   * Checks that a file is there to be read, and none that could keep its reader waiting for ever,
   * as a pipe does.
   *
   * @param whatToDo the advice where it is not
   * @throws InvalidInputException if there is no such file, or it is no regular one
   */
  public static void requireRegular(Path file, String whatToDo) {
    if (!Files.isRegularFile(file)) {
      String what =
          Files.isDirectory(file)
              ? "is a folder, not a file"
              : Files.exists(file) ? "is a device or a pipe, not a file" : "there is no such file";
      throw InvalidInputException.at(file.toString(), what, whatToDo);
    }
  }

  /**
   * Checks that a folder is there.
   *
   * @param whatToDo the advice where it is not
   * @throws InvalidInputException if there is no such folder
   */
  public static void requireFolder(Path folder, String whatToDo) {
    if (!Files.isDirectory(folder)) {
      throw InvalidInputException.at(
          folder.toString(),
          Files.exists(folder) ? "is a file, not a folder" : "there is no such folder",
          whatToDo);
    }
  }

  /**
   * A whole file as text.
   *
   * @throws InvalidInputException if there is no such file, it is larger than {@code limit}, or it
   *     is not UTF-8
   * @throws RunFailedException if reading fails
   */
  public static String text(Path file, int limit, String whatToDo) {
    byte[] bytes = bytes(file, limit, whatToDo);
    return text(file, bytes, bytes.length, whatToDo);
  }

  /**
   * The first {@code length} of these bytes as text.
   *
   * @throws InvalidInputException if they are not UTF-8
   */
  public static String text(Path file, byte[] bytes, int length, String whatToDo) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw InvalidInputException.at(file.toString(), "not UTF-8", whatToDo);
    }
  }
}
