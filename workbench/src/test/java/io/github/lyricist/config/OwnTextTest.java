package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTextTest {
  private static Config read(String text, Setting... settings) {
    return OwnText.read(text, List.of(settings), Path.of("here"), model -> null);
  }

  private static final Setting HIDDEN = Setting.parse("model.hidden=8"); // so that no text is read

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a.yaml, true
          A.YML, true
          runs/a.json, true
          a.conf, true
          a.yaml.txt, false
          yaml, false
          book.txt, false
          """)
  void aConfigIsKnownByItsEnding(String name, boolean config) {
    assertThat(OwnText.isConfig(name)).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          book.txt, book
          texts/My Songs (2).TXT.gz, My-Songs-2
          'C:\\texts\\book.md', book
          songs.zip!/all/歌.txt, 歌
          bundled:songs, songs
          .txt, txt
          ..., text
          -x-, x
          songs/, songs
          """)
  void aRunIsNamedAfterItsText(String text, String name) {
    assertThat(OwnText.name(text)).isEqualTo(name);
    assertThat(read(text, HIDDEN).spec().name()).isEqualTo(name);
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    assertThat(OwnText.name("𠮷".repeat(61) + ".txt")).isEqualTo("𠮷".repeat(60));
  }

  @Test
  void settingsWin() {
    Config config = read("book.txt", HIDDEN, Setting.parse("name=other"), Setting.parse("seed=7"));
    assertThat(config.spec().name()).isEqualTo("other");
    assertThat(config.spec().seed()).isEqualTo(7);
    assertThat(config.spec().corpus().source()).endsWith("book.txt");
    assertThatThrownBy(() -> read("book.txt"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("book.txt: there is no file ");
    assertThatThrownBy(() -> read("book.txt", Setting.parse("sede=7")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--set sede=7: unknown key 'sede'; did you mean 'seed'?");
  }

  /** The songs have 12,000 characters and more. */
  @Test
  void theSizeFollowsFromTheText() {
    assertThat(read("bundled:songs").spec().model().hidden()).isEqualTo(HiddenSize.of(12_000));
    assertThat(HiddenSize.of(1)).isLessThan(HiddenSize.of(10_000_000_000L));
  }

  @Test
  void unlessTheEmbeddingOrTheModelToStartFromSaysIt() {
    assertThat(
            read(
                    "book.txt",
                    Setting.parse(
                        "model={cell: gru, hidden: auto, embedding: 24, tieWeights: true}"))
                .spec()
                .model()
                .hidden())
        .isEqualTo(24);
  }
}
