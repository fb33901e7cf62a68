package io.github.lyricist.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file as a whole: whatever happens, the file is the old one or the new one. The new
 * content goes to a temporary name in the same folder, is flushed to disk, and is renamed.
 */
public final class AtomicFile {
  private static final String PREFIX = ".";
  private static final String SUFFIX = ".tmp";

  private AtomicFile() {}

  /** Deletes the temporary files of a process that was killed. */
  static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; who called closes the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces the file {@code name} in a folder.
   *
   * @throws IOException if that fails; then the old file is still there
   */
  public static void write(Path folder, String name, Content content) throws IOException {
    Path file = folder.resolve(name);
    Path temporary = folder.resolve(PREFIX + name + SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    flushFolder(folder);
  }

  /** Makes the rename itself durable, where the platform lets a folder be opened. */
  private static void flushFolder(Path folder) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
