package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignTextTest {
  private final List<String> notices = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private Corpus read(String text, Charset encoding) throws IOException {
    Path file = Files.write(folder.resolve("t.txt"), text.getBytes(encoding));
    return CorpusReaderTest.read(
        CorpusReaderTest.spec(file.toString(), Newlines.SPACE, null), notices::add);
  }

  private void assertRefused(String text, Charset encoding, String message) {
    assertThatThrownBy(() -> read(text, encoding))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder.resolve("t.txt") + ": " + message);
    assertThat(notices).isEmpty();
  }

  @Test
  void utf16WithoutAMarkIsRefused() {
    assertRefused(
        "some words\n",
        UTF_16LE,
        "11 of its 22 characters are NUL (U+0000): it looks like UTF-16LE without a byte-order"
            + " mark; convert it to UTF-8, as with iconv -f UTF-16LE -t UTF-8");
    assertRefused(
        "some words\n",
        UTF_16BE,
        "11 of its 22 characters are NUL (U+0000): it looks like UTF-16BE without a byte-order"
            + " mark; convert it to UTF-8, as with iconv -f UTF-16BE -t UTF-8");
  }

  @Test
  void utf16WithAMarkIsCalledByItsName() {
    assertRefused(
        "some words\n",
        UTF_16,
        "it is UTF-16, as its first two bytes say; convert the file to UTF-8");
    assertRefused(
        "\uFEFFsome words\n",
        UTF_16LE,
        "it is UTF-16, as its first two bytes say; convert the file to UTF-8");
  }

  @Test
  void aTextThatIsMostlyNulsIsRefused() {
    assertRefused(
        "some words",
        Charset.forName("UTF-32LE"),
        "30 of its 40 characters are NUL (U+0000): it looks like UTF-32, or is no text; give a text"
            + " in UTF-8");
  }

  @Test
  void someNulsAreNoticed() throws IOException {
    assertThat(read("some words\0and more\0", UTF_8).size()).isEqualTo(20);
    assertThat(notices)
        .containsExactly(
            "notice: 2 of the text's characters are NUL (U+0000), which a text has none of; they"
                + " are learned like others");
  }

  @Test
  void aByteOrderMarkInTheMiddleIsNoticed() throws IOException {
    assertThat(read("\uFEFFone", UTF_8).size()).isEqualTo(3);
    assertThat(notices).isEmpty();
    assertThat(read("\uFEFFone\uFEFFtwo", UTF_8).size()).isEqualTo(7);
    assertThat(notices)
        .containsExactly(
            "notice: a byte-order mark (U+FEFF) stands within the text, once, as where files were"
                + " joined; it is learned like other characters");
  }
}
