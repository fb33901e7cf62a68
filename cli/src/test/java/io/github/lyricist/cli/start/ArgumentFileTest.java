package io.github.lyricist.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
  /** Prints a property. */
  public static final class Printer {
    private Printer() {}

    public static void main(String[] args) {
      System.out.print(System.getProperty("odd"));
    }
  }

  @Test
  void javaReadsEachArgumentAsItWas(@TempDir Path folder) throws IOException, InterruptedException {
    String odd = "a b\\c\"d'e#f";
    Path spaced = Files.createDirectory(folder.resolve("with a space"));
    Files.write(spaced.resolve("plain.jsa"), new byte[12]);
    ArgumentFile.write(
        spaced,
        StartKind.PLAIN,
        List.of("-Dodd=" + odd, "-cp", System.getProperty("java.class.path")));
    Path file = spaced.resolve("plain");
    assertThat(Files.readAllLines(file).get(0)).isEqualTo("# plain.jsa 12");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + file,
                Printer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(java.inputReader().lines()).containsExactly(odd);
    assertThat(java.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void anArchiveThatIsAnotherSizeIsNotWhole(@TempDir Path folder) throws IOException {
    StartKind kind = StartKind.TRAINING;
    assertThat(ArgumentFile.isWhole(folder, kind)).isFalse();
    Files.write(folder.resolve("computing.jsa"), new byte[12]);
    ArgumentFile.write(folder, kind, List.of("-version"));
    assertThat(ArgumentFile.isWhole(folder, kind)).isTrue();
    Files.write(folder.resolve("computing.jsa"), new byte[11]);
    assertThat(ArgumentFile.isWhole(folder, kind)).isFalse();
    Files.delete(folder.resolve("computing.jsa"));
    assertThat(ArgumentFile.isWhole(folder, kind)).isFalse();
  }
}
