package io.github.lyricist.backend;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A native library in a jar of the class path, and the file that it is unpacked to, since systems
 * load files only. What is loaded runs: a damaged file ends the virtual machine, or computes
 * something else.
 *
 * @param original where it lies in its jar
 * @param file where it is unpacked, or will be; in some folder
 */
public record UnpackedLibrary(URL original, Path file) {
  /** Those that this process has looked at: it loads a library once, and a look takes a while. */
  private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

  private static final int BLOCK = 1 << 20; // bytes; smaller ones are slower to read

  /**
   * Sees to it that the file has the original's size and CRC-32, which the jar knows: unpacks it
   * where it is missing or differs. A process that has loaded the damaged one keeps that.
   *
   * @return what was mended, for the user; nothing where the file was right, or not there at all
   * @throws RunFailedException if it can't be unpacked
   */
  public Optional<String> restore() {
    if (SEEN.contains(file)) {
      return Optional.empty();
    }
    try {
      JarURLConnection jar = (JarURLConnection) original.openConnection();
      JarEntry entry = jar.getJarEntry();
      boolean isDamaged = false;
      if (!isIntact(entry)) {
        isDamaged = Files.exists(file, NOFOLLOW_LINKS);
        unpack(jar, entry);
      }
      SEEN.add(file);
      return isDamaged
          ? Optional.of(file + ": this library was damaged; it is unpacked again")
          : Optional.empty();
    } catch (IOException e) {
      throw new RunFailedException(
          "%s: this library is missing or damaged, and can't be unpacked (%s); %s"
              .formatted(
                  file,
                  e,
                  "make sure that its folder can be written and has room, or set XDG_CACHE_HOME to"
                      + " another"),
          e);
    }
  }

  private boolean isIntact(JarEntry entry) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
        return false;
      }
      CRC32 sum = new CRC32();
      byte[] block = new byte[BLOCK];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(block); n > 0; n = in.read(block)) {
          sum.update(block, 0, n);
        }
      }
      return sum.getValue() == entry.getCrc();
    } catch (IOException e) {
      return false; // a disk that can't be read there perhaps; another file may lie elsewhere
    }
  }

  /**
   * Whole or not at all, whoever else unpacks it meanwhile; with the time that it has in its jar.
   */
  private void unpack(JarURLConnection jar, JarEntry entry) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    temporary.toFile().deleteOnExit();
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(jar.getInputStream(), sum)) {
      Files.copy(in, temporary);
      if (sum.getValue() != entry.getCrc()) {
        throw new RunFailedException(
            jar.getJarFile().getName()
                + ": this archive is damaged; delete it, and the next start downloads it again");
      }
      Files.setLastModifiedTime(temporary, FileTime.fromMillis(entry.getTime()));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
