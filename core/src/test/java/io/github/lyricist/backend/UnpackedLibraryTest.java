package io.github.lyricist.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibraryTest {
  private static final byte[] BYTES = new byte[3_000_000]; // some blocks
  private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);

  static {
    new Random(1).nextBytes(BYTES);
  }

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path jar;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path file;

  @BeforeEach
  void pack() throws IOException {
    jar = folder.resolve("natives.jar");
    file = folder.resolve("cache/deep/libx.so");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.setLevel(0);
      JarEntry entry = new JarEntry("native/libx.so");
      entry.setTime(TIME.toMillis());
      entries.putNextEntry(entry);
      entries.write(BYTES);
      entries.closeEntry();
    }
  }

  private Optional<String> restore() throws IOException {
    URL original = URI.create("jar:" + jar.toUri() + "!/native/libx.so").toURL();
    return new UnpackedLibrary(original, file).restore();
  }

  private void assertIsWhole() throws IOException {
    assertThat(file).isRegularFile().hasBinaryContent(BYTES);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
    try (Stream<Path> files = Files.list(folder.resolve("cache/deep"))) {
      assertThat(files).containsExactly(file);
    }
  }

  private void unpacked(byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve("cache/deep"));
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, TIME);
  }

  @Test
  void unpacksInSilenceWhatIsNotThere() throws IOException {
    assertThat(restore()).isEmpty();
    assertIsWhole();
  }

  @Test
  void leavesAloneWhatIsWhole() throws IOException {
    unpacked(BYTES);
    Object before = Files.readAttributes(file, "unix:ino").get("ino");
    assertThat(restore()).isEmpty();
    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before);
  }

  @Test
  void looksOnceSinceAProcessLoadsOnce() throws IOException {
    unpacked(BYTES);
    assertThat(restore()).isEmpty();
    unpacked(new byte[1]);
    assertThat(restore()).isEmpty();
  }

  @Test
  void oneFlippedBitIsMended() throws IOException {
    byte[] flipped = BYTES.clone();
    flipped[2_345_678] ^= 16;
    unpacked(flipped);
    assertThat(restore()).contains(file + ": this library was damaged; it is unpacked again");
    assertIsWhole();
  }

  @Test
  void aFileThatWasCutOffIsMended() throws IOException {
    unpacked(Arrays.copyOf(BYTES, 1_000_000));
    assertThat(restore()).isPresent();
    assertIsWhole();
  }

  @Test
  void aLinkToNowhereIsMended() throws IOException {
    Files.createDirectories(folder.resolve("cache/deep"));
    Files.createSymbolicLink(file, folder.resolve("nowhere"));
    assertThat(restore()).isPresent();
    assertIsWhole();
  }

  @Test
  void whatCanNotBeMendedIsNamed() throws IOException {
    Files.createDirectories(file.resolve("a folder in its place"));
    assertThatThrownBy(this::restore)
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(
            file + ": this library is missing or damaged, and can't be unpacked")
        .hasMessageEndingWith(
            "make sure that its folder can be written and has room, or set XDG_CACHE_HOME to"
                + " another");
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Files.createFile(folder.resolve("cache"));
    assertThatThrownBy(this::restore)
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(file + ": this library is missing or damaged");
  }

  @Test
  void aDamagedJarIsNamed() throws IOException {
    byte[] archive = Files.readAllBytes(jar);
    archive[1_000_000] ^= 1; // stored, not deflated: among the library's bytes
    Files.write(jar, archive);
    assertThatThrownBy(this::restore)
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            jar + ": this archive is damaged; delete it, and the next start downloads it again");
    assertThat(file).doesNotExist();
  }
}
