package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Continuations.Continuation;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * Writing together with a model, in a terminal: below the text stand the likeliest ways to go on,
 * each with a digit that takes it.
 */
final class WritingDesk {
  /** How many ways to go on have a digit. */
  static final int WAYS = 9;

  private static final String HELP =
      "1-9 or Tab take · type to write (^V 1 for a digit) · ⌫ delete · ^U line · ^Z undo · ^D done";
  private static final int END = 4; // ^D
  private static final int TAB = '\t';
  private static final int UNDO = 26; // ^Z
  private static final int DELETE_LINE = 21; // ^U
  private static final int BACKSPACE = 8;
  private static final int DELETE = 127;
  private static final int ESCAPE = 27;
  private static final int LITERAL = 22; // ^V
  private static final int INTERRUPT = 3;
  private static final long ESCAPE_MILLISECONDS = 20;

  private final Terminal terminal;
  private final Tokenizer tokenizer;
  private final Function<String, List<Continuation>> continuations;
  private final Draft draft;
  private final String opening;
  private String notice = "";

  /**
   * Lays a text out.
   *
   * @param continuations of a text, {@value #WAYS} at most
   * @param opening what the model reads before it; not shown
   */
  WritingDesk(
      Terminal terminal,
      Tokenizer tokenizer,
      Function<String, List<Continuation>> continuations,
      String opening,
      String text) {
    this.terminal = terminal;
    this.tokenizer = tokenizer;
    this.continuations = continuations;
    this.opening = opening;
    this.draft = new Draft(text);
  }

  /**
   * The terminal that the program was started from, where it was from one.
   *
   * @throws InvalidInputException if it was not
   */
  static Terminal terminal() throws IOException {
    try {
      return TerminalBuilder.builder()
          .system(true)
          .dumb(false)
          .systemOutput(TerminalBuilder.SystemOutput.SysOut)
          .build();
    } catch (IllegalStateException e) {
      throw InvalidInputException.ofKey(
          "interactive", "standard input or output is no terminal", "start it in one");
    }
  }

  /** Writes until it is done; returns the text. */
  String write() {
    Attributes attributes = terminal.enterRawMode();
    Attributes keys = terminal.getAttributes();
    keys.setLocalFlag(LocalFlag.ISIG, false); // ^Z undoes, and ^C loses no text
    terminal.setAttributes(keys);
    terminal.puts(Capability.enter_ca_mode);
    Display display = new Display(terminal, true);
    try {
      List<Continuation> ways = ways();
      for (boolean isDone = false; !isDone; ) {
        show(display, ways);
        int key = terminal.reader().read();
        isDone = key < 0 || key == END || key == INTERRUPT;
        if (!isDone) {
          notice = "";
          press(key, ways);
          ways = ways();
        }
      }
      return draft.text();
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal", e);
    } finally {
      terminal.puts(Capability.exit_ca_mode);
      terminal.setAttributes(attributes);
      terminal.flush();
    }
  }

  private List<Continuation> ways() {
    String all = opening + draft.text();
    return all.isEmpty() ? List.of() : continuations.apply(all);
  }

  private void press(int key, List<Continuation> ways) throws IOException {
    int way = key == TAB ? 0 : key - '1';
    if (way >= 0 && way < ways.size()) {
      draft.add(ways.get(way).text());
    } else if (key == BACKSPACE || key == DELETE) {
      draft.deleteLast();
    } else if (key == DELETE_LINE) {
      draft.deleteLine();
    } else if (key == UNDO) {
      draft.undo();
    } else if (key == ESCAPE) {
      while (terminal.reader().read(ESCAPE_MILLISECONDS) >= 0) {
        // an arrow, or another key that has no meaning here
      }
    } else if (key == LITERAL) {
      type(terminal.reader().read());
    } else {
      type(key == '\r' ? '\n' : key);
    }
  }

  private void type(int key) throws IOException {
    String more = String.valueOf((char) key);
    if (Character.isHighSurrogate((char) key)) {
      more += (char) terminal.reader().read();
    }
    if (tokenizer.knows(more)) {
      draft.add(more);
    } else {
      notice = "the model does not know " + Characters.name(more);
    }
  }

  private void show(Display display, List<Continuation> ways) {
    Size size = terminal.getSize();
    int columns = Math.max(20, size.getColumns());
    int rows = Math.max(WAYS + 4, size.getRows());
    display.resize(rows, columns);
    List<AttributedString> below = new ArrayList<>();
    below.add(dim(notice.isEmpty() ? HELP : notice));
    for (int i = 0; i < ways.size(); i++) {
      Continuation way = ways.get(i);
      String text = "%d %s".formatted(i + 1, Excerpt.line(way.text()).replace(' ', '␣'));
      below.add(
          new AttributedStringBuilder()
              .append(text)
              .append(
                  "  %.1f %%".formatted(100 * way.probability()), AttributedStyle.DEFAULT.faint())
              .toAttributedString());
    }
    List<AttributedString> lines = lines(columns);
    int shown = Math.max(1, rows - below.size() - 2);
    List<AttributedString> screen =
        new ArrayList<>(lines.subList(Math.max(0, lines.size() - shown), lines.size()));
    AttributedString last = screen.get(screen.size() - 1);
    int cursor = size.cursorPos(screen.size() - 1, last.columnLength());
    screen.add(AttributedString.EMPTY);
    below.forEach(line -> screen.add(line.columnSubSequence(0, columns - 1)));
    display.update(screen, cursor);
  }

  /** The text, broken where it is longer than the terminal is wide. */
  private List<AttributedString> lines(int columns) {
    List<AttributedString> lines = new ArrayList<>();
    for (String line : draft.text().split("\n", -1)) {
      AttributedString rest = new AttributedString(Excerpt.visible(line));
      do {
        AttributedString part = rest.columnSubSequence(0, columns - 2);
        lines.add(part);
        rest = rest.subSequence(part.length(), rest.length());
      } while (rest.length() > 0);
    }
    return lines;
  }

  private static AttributedString dim(String text) {
    return new AttributedString(text, AttributedStyle.DEFAULT.faint());
  }
}
