package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents followed word for word, as CONTRIBUTING.md has it under "Documents". */
class EndToEndDocumentsTest {
  private static final long PATIENCE_SECONDS = 600;
  private static final String SONGS = "core/src/main/resources/io/github/lyricist/corpus/songs.txt";
  private static final int LENGTH = 8000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  /** What is in the zip, {@code ./lyricist} beside it, and texts as readers have them. */
  @BeforeEach
  void furnish() throws IOException {
    Files.createSymbolicLink(folder.resolve("lyricist"), Program.LAUNCHER);
    try (DirectoryStream<Path> packed = Files.newDirectoryStream(Program.INSTALLED)) {
      for (Path each : packed) {
        Files.createSymbolicLink(folder.resolve(each.getFileName()), each);
      }
    }
    String songs = Files.readString(Program.ROOT.resolve(SONGS));
    Files.writeString(folder.resolve("my-songs.txt"), songs.substring(0, LENGTH));
    Files.createDirectory(folder.resolve("songs"));
    Files.writeString(folder.resolve("songs/first.txt"), songs.substring(0, LENGTH / 2));
    Files.writeString(folder.resolve("songs/second.txt"), songs.substring(LENGTH / 2, LENGTH));
  }

  /** JUnit, which would do it, warns of each that leads elsewhere. */
  @AfterEach
  void removeLinks() throws IOException {
    try (DirectoryStream<Path> links =
        Files.newDirectoryStream(folder, file -> Files.isSymbolicLink(file))) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/tutorial.md"})
  void everyCommandDoesWhatItShould(String document) throws IOException {
    List<Block> blocks = Block.of(Files.readString(Program.ROOT.resolve(document)));
    assertThat(blocks).anyMatch(Block::isScript);
    follow(blocks, document);
  }

  private void follow(List<Block> blocks, String document) {
    for (Block block : blocks) {
      String place = "%s, line %d".formatted(document, block.line());
      if (block.notRun().isPresent()) {
        assertThat(block.notRun().get()).as("%s: why it is not run", place).isNotBlank();
        System.out.printf("%s: not run: %s%n", place, block.notRun().get());
      } else if (block.isScript()) {
        Outcome outcome = script(block.text());
        assertThat(outcome.exitCode()).as("%s: %s", place, outcome.err()).isZero();
      } else {
        assertThat(block.looksLikeCommands())
            .as("%s: commands, to be fenced as sh", place)
            .isFalse();
      }
    }
  }

  private Outcome script(String text) {
    return Program.in(folder).as(List.of("sh", "-eux", "-c")).within(PATIENCE_SECONDS).run(text);
  }

  private static String document(String above, String fence) {
    return "# Title\n\n```text\nprinted\n```\n\n%s\n%s\n./lyricist --version\n./lyricist sing\n```\n"
        .formatted(above, fence);
  }

  @ParameterizedTest
  @CsvSource({
    "'Text.', ```sh, 'a.md, line 8: \\+ ./lyricist --version\\n\\+ ./lyricist sing\\n.*sing'",
    "'<!-- not run: -->', ```sh, 'a.md, line 8: why it is not run'",
    "'<!-- not run -->', ```sh, 'a.md, line 8: why it is not run'",
    "'Text.', ```, 'a.md, line 8: commands, to be fenced as sh'",
  })
  void aDocumentThatIsWrongIsRefusedByItsLine(String above, String fence, String message) {
    List<Block> blocks = Block.of(document(above, fence));
    assertThat(blocks).hasSize(2);
    assertThatThrownBy(() -> follow(blocks, "a.md"))
        .isInstanceOf(AssertionError.class)
        .message()
        .matches("(?s).*" + message + ".*");
  }

  @Test
  void whatIsNotRunSaysWhy() {
    follow(Block.of(document("<!-- not run: a reason -->", "```sh")), "a.md");
  }
}
