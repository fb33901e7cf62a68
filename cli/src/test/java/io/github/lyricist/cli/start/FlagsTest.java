package io.github.lyricist.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsTest {
  @Test
  void takesThoseWhoseConditionHolds(@TempDir Path folder) throws IOException {
    Flags flags =
        Flags.read(
            Files.writeString(
                folder.resolve("java.args"),
                """
                # What this is.
                -never

                #: all
                -a
                # Why.
                -Db=c d
                #: java 24
                -new
                #: computing training
                -vectors
                #: training
                -early
                #: all
                -z
                """));
    assertThat(flags.of(17, StartKind.PLAIN)).containsExactly("-a", "-Db=c d", "-z");
    assertThat(flags.of(23, StartKind.COMPUTING))
        .containsExactly("-a", "-Db=c d", "-vectors", "-z");
    assertThat(flags.of(24, StartKind.TRAINING))
        .containsExactly("-a", "-Db=c d", "-new", "-vectors", "-early", "-z");
  }
}
