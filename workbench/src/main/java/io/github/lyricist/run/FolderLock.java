package io.github.lyricist.run;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder, of a run or a sweep, for one process; the system lets go of it when that process
 * ends, however it does. The lock is on a file that nobody reads: Linux drops a process's lock on a
 * file as soon as the process closes that file, wherever else it had opened it.
 */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = ".lock";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PAUSE_MILLISECONDS = 50;

  private final Path path;
  private final FileChannel file;

  private FolderLock(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Takes the folder.
   *
   * @param work what is done in it, to tell those who come second: {@code training this run}
   * @throws InvalidInputException if another process has it, or something is in the lock's place
   * @throws RunFailedException if the lock can't be made
   */
  public static FolderLock take(Path folder, String work) {
    Path path = folder.resolve(FILE);
    if (Files.exists(path)) {
      BoundedFile.requireRegular(path, "delete it");
    }
    FolderLock lock = locked(path);
    if (lock == null) {
      throw InvalidInputException.at(
          folder.toString(), "another process is " + work, "wait until it ends, or interrupt it");
    }
    return lock;
  }

  /** Waits until nobody has the folder, but no longer than a minute. */
  public static void awaitFree(Path folder) {
    Path path = folder.resolve(FILE);
    long start = System.nanoTime();
    while (Files.isRegularFile(path) && System.nanoTime() - start < PATIENCE.toNanos()) {
      FolderLock lock = locked(path);
      if (lock != null) {
        lock.close();
        return;
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static @Nullable FolderLock locked(Path path) {
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = tryLock(file);
      } finally {
        if (lock == null) {
          file.close();
        }
      }
      return lock == null ? null : new FolderLock(path, file);
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }
}
