package io.github.lyricist.run;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces a file as a whole: whatever happens, the file is the old one or the new one. The new
 * content goes to a temporary name in the same folder, {@code .name.0.tmp}, is flushed to disk, and
 * is renamed. A symbolic link stays, and what it points at is replaced.
 */
public final class AtomicFile {
  private static final int MOST_LINKS = 40; // as Linux has it
  private static final Pattern TEMPORARY = Pattern.compile("\\.(.+?)(\\.[0-9]+)?\\.tmp");
  private static final Set<PosixFilePermission> WRITING =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private AtomicFile() {}

  /**
   * Deletes the temporary files of a process that was killed.
   *
   * @param names the files that are written in this folder; the temporary files of no other are
   *     deleted
   */
  static void removeLeftovers(Path folder, Set<String> names) {
    try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : hidden) {
        Matcher temporary = TEMPORARY.matcher(String.valueOf(file.getFileName()));
        if (temporary.matches()
            && names.contains(temporary.group(1))
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          delete(file);
        }
      }
    } catch (IOException e) {
      throw RunFailedException.reading(folder, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw RunFailedException.writing(file, e);
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; whether it closes the stream is up to it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Stays open, so that what was written can be flushed to disk. */
  private static final class Uncloseable extends BufferedOutputStream {
    Uncloseable(OutputStream out) {
      super(out, 1 << 16);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /**
   * Replaces a file, or makes it.
   *
   * @throws InvalidInputException if what is there is no regular file, or is read-only
   * @throws RunFailedException if writing fails; then the old file is still there
   */
  public static void write(Path file, Content content) {
    try {
      Path target = linked(file.toAbsolutePath());
      requireReplaceable(file, target);
      replace(target, content);
      flushFolder(target);
    } catch (IOException e) {
      throw RunFailedException.writing(file, e);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary = fresh(target);
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        OutputStream out = new Uncloseable(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException second) {
        e.addSuppressed(second); // it is the first failure that says what is wrong
      }
      throw e;
    }
  }

  /** Makes a file of a name that nobody has. */
  private static Path fresh(Path target) throws IOException {
    for (int i = 0; ; i++) {
      Path file = target.resolveSibling("." + target.getFileName() + "." + i + ".tmp");
      try {
        return Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Another's: the next one.
      }
    }
  }

  /** What a path names, where it is a symbolic link, or a link to one. */
  private static Path linked(Path file) throws IOException {
    Path target = file;
    for (int i = 0; Files.isSymbolicLink(target); i++) {
      if (i == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void requireReplaceable(Path file, Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isRegularFile(target)) {
      throw InvalidInputException.at(
          file.toString(),
          Files.isDirectory(target) ? "is a folder, not a file" : "is a device, not a file",
          "name another file");
    }
    if (!Files.isWritable(target) || isReadOnly(target)) {
      throw InvalidInputException.at(
          file.toString(), "is read-only", "name another file, or make it writable");
    }
  }

  /** Whether nobody may write to it: what holds for root, too, who could. */
  private static boolean isReadOnly(Path file) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return posix != null
        && posix.readAttributes().permissions().stream().noneMatch(WRITING::contains);
  }

  /** Makes the rename itself durable, where the platform lets a folder be opened. */
  private static void flushFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
