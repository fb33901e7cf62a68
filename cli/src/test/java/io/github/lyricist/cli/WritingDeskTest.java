package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.generation.Continuations.Continuation;
import io.github.lyricist.tokens.CharacterTokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingDeskTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private String write(String text, String keys) throws IOException {
    List<Continuation> ways =
        List.of(new Continuation(" dog", 0.25), new Continuation("春天", 0.125));
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(new ByteArrayInputStream(keys.getBytes(UTF_8)), screen)
            .encoding(UTF_8)
            .attributes(new Attributes()) // so that no key is a signal before it is read
            .type("xterm")
            .build()) {
      terminal.setSize(new Size(60, 20));
      return new WritingDesk(
              terminal, CharacterTokenizer.of("cat dog\n春天7"), all -> ways, "\n", text)
          .write();
    }
  }

  /** Ways by digit and tab, letters, a literal digit, backspace, undo, the line, an arrow. */
  @ParameterizedTest
  @CsvSource({
    "1, 'cat dog'",
    "2, 'cat春天'",
    "<tab>, 'cat dog'",
    "7, 'cat7'",
    "<^V>7, 'cat7'",
    "do, 'catdo'",
    "春, 'cat春'",
    "x, 'cat'",
    "<del><del>o, 'co'",
    "1<^Z>, 'cat'",
    "d<del><^Z><^Z>, 'cat'",
    "<^Z>, 'cat'",
    "<enter>d, 'cat\nd'",
    "<enter>d<^U>, 'cat\n'",
    "<enter>d<^U><^U>, 'cat'",
    "<esc>[A, 'cat'",
    "d<^D>o, 'catd'"
  })
  void keysChangeTheText(String keys, String text) throws IOException {
    String pressed =
        keys.replace("<tab>", "\t")
            .replace("<^V>", "\u0016")
            .replace("<del>", "\u007F")
            .replace("<^Z>", "\u001A")
            .replace("<^U>", "\u0015")
            .replace("<enter>", "\r")
            .replace("<esc>", "\u001B")
            .replace("<^D>", "\u0004");
    assertThat(write("cat", pressed)).isEqualTo(text.replace("\\n", "\n"));
  }

  @Test
  void theWaysStandBelow() throws IOException {
    write("cat", "x");
    assertThat(screen.toString(UTF_8))
        .contains("cat", "1 ␣dog", "25.0 %", "2 春天", "12.5 %")
        .contains("the model does not know 'x'");
  }

  @Test
  void aLongTextIsBrokenAndItsEndShown() throws IOException {
    assertThat(write("cat ".repeat(300), "1")).isEqualTo("cat ".repeat(300) + " dog");
    assertThat(write("", "")).isEmpty();
  }
}
