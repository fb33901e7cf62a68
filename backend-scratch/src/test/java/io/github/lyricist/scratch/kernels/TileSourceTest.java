package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TileSourceTest {

  /** But for how it is laid out, and where a comment's lines end. */
  @ParameterizedTest
  @FieldSource("io.github.lyricist.scratch.kernels.TileSource#ALL")
  void theTilesAreWhatItWrites(TileSource tile) throws IOException {
    Path file = Path.of("src/main/java/io/github/lyricist/scratch/kernels", tile.name() + ".java");
    assertThat(words(Files.readString(file))).isEqualTo(words(tile.text()));
  }

  private static String words(String source) {
    return source.replaceAll("\\s+\\* |\\s", "");
  }
}
