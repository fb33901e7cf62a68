package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("f");
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(UTF_8)));
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }

  private void failToWrite(IOException failure) {
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("new".getBytes(UTF_8));
                      throw failure;
                    }))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(file + ": writing failed: ")
        .hasCause(failure);
  }

  @Test
  void aFileIsTheOldOneOrTheNewOne() throws IOException {
    write(file, "old");
    failToWrite(new IOException("disk full"));
    assertThat(file).hasContent("old");
    failToWrite(new FileAlreadyExistsException("what the content was made from"));
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    write(file, "new");
    assertThat(file).hasContent("new");
  }

  @Test
  void theContentMayCloseTheStream() throws IOException {
    AtomicFile.write(
        file,
        out -> {
          try (out) {
            out.write("new".getBytes(UTF_8));
          }
        });
    assertThat(file).hasContent("new");
  }

  @Test
  void aTemporaryNameThatIsTakenIsLeftAlone() throws IOException {
    Path taken = Files.writeString(folder.resolve(".f.0.tmp"), "the user's");
    write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(taken).hasContent("the user's");
    assertThat(names(folder)).containsExactlyInAnyOrder(".f.0.tmp", "f");
  }

  @Test
  void aSymbolicLinkStaysAndWhatItPointsAtIsReplaced() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path second = folder.resolve("second");
    Files.createSymbolicLink(second, Path.of("elsewhere", "real"));
    Files.createSymbolicLink(file, second);
    write(file, "first"); // what it points at is made where it is missing
    write(file, "again");
    assertThat(file).isSymbolicLink().hasContent("again");
    assertThat(second).isSymbolicLink();
    assertThat(elsewhere.resolve("real")).isRegularFile().hasContent("again");
  }

  @Test
  void linksInACircleAreAFailure() throws IOException {
    Files.createSymbolicLink(file, folder.resolve("g"));
    Files.createSymbolicLink(folder.resolve("g"), file);
    assertThatThrownBy(() -> write(file, "new")).isInstanceOf(RunFailedException.class);
  }

  @Test
  void whatIsNoRegularFileIsRefusedAndStays() throws IOException {
    Files.createDirectory(file);
    assertThatThrownBy(() -> write(file, "new"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": is a folder, not a file; name another file");
    Path device = Path.of("/dev/null");
    assertThatThrownBy(() -> write(device, "new"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(device + ": is a device, not a file; name another file");
    Files.createSymbolicLink(folder.resolve("link"), device);
    assertThatThrownBy(() -> write(folder.resolve("link"), "new"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aReadOnlyFileIsRefusedAndStays() throws IOException {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertThatThrownBy(() -> write(file, "new"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": is read-only; name another file, or make it writable");
    assertThat(file).hasContent("old");
  }

  @Test
  void onlyOurOwnTemporaryFilesAreLeftovers() throws IOException {
    for (String name : new String[] {".f.tmp", ".f.0.tmp", ".f.12.tmp"}) {
      Files.writeString(folder.resolve(name), "half");
    }
    String[] others = {".notes.tmp", ".f.x.tmp", ".f.0.tmp.bak", "f.0.tmp", ".0.tmp"};
    for (String name : others) {
      Files.writeString(folder.resolve(name), "the user's");
    }
    Files.createDirectory(folder.resolve(".f.1.tmp"));
    AtomicFile.removeLeftovers(folder, Set.of("f"));
    assertThat(names(folder))
        .containsExactlyInAnyOrder(
            ".notes.tmp", ".f.x.tmp", ".f.0.tmp.bak", "f.0.tmp", ".0.tmp", ".f.1.tmp");
  }
}
