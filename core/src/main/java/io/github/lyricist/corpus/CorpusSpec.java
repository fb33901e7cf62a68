package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.UserPath;
import io.github.lyricist.tokens.Excerpt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which text to learn from, and how to read it.
 *
 * @param source a text file, a {@code .gz} of one, a {@code .zip} with one text entry, {@code
 *     archive.zip!/entry.txt}, or {@code bundled:songs}
 * @param newlines whether line ends become spaces
 * @param limit how many characters to keep, or null for all; bytes, where those are the tokens
 * @param tokens what it is cut into
 * @param validation the fraction of the corpus that is held out to choose by; 0 for none
 * @param test likewise, to judge by in the end
 * @param split where those two parts lie
 * @param unknown what to do with characters that a model started from doesn't know
 */
public record CorpusSpec(
    String source,
    Newlines newlines,
    @Nullable Integer limit,
    Tokens tokens,
    double validation,
    double test,
    Split split,
    UnknownCharacters unknown) {

  /** The prefix of a source that ships with Lyricist. */
  public static final String BUNDLED = "bundled:";

  /** Every default but {@code source}, which a config must give. */
  public static final CorpusSpec DEFAULT =
      new CorpusSpec(
          BUNDLED + "songs",
          Newlines.SPACE,
          null,
          Tokens.CHARACTER,
          0.0,
          0.0,
          Split.END,
          UnknownCharacters.ERROR);

  /** What becomes of line feeds and carriage returns. */
  public enum Newlines {
    /** Each {@code \n} and each {@code \r} becomes one space. */
    SPACE,
    /** They stay as they are. */
    KEEP
  }

  /** What a text is cut into. */
  public enum Tokens {
    /** Its distinct characters, Unicode code points. */
    CHARACTER,
    /** The bytes of the file, as they are: no byte-order mark, UTF-8 or newline rule. */
    BYTE
  }

  /** Which part of a text is held out. */
  public enum Split {
    /** Its end. */
    END,
    /**
     * The end of each of the B streams that consecutive sampling reads side by side, as char-rnn
     * cuts it; each part of each stream is read from the zero state.
     */
    STREAMS
  }

  /** What becomes of characters outside the vocabulary of a model that training starts from. */
  public enum UnknownCharacters {
    ERROR,
    DROP
  }

  public CorpusSpec {
    if (source.isBlank()) {
      throw InvalidInputException.ofKey(
          "source", "the corpus has no name", "give a file or " + BUNDLED + "songs");
    }
    if (limit != null && limit < 1) {
      throw InvalidInputException.ofKey(
          "limit", "found " + limit, "expected a number of characters, at least 1, or null");
    }
    requireFraction("validation", validation);
    requireFraction("test", test);
    if (!(validation + test < 1)) {
      throw InvalidInputException.ofKey(
          "test",
          "validation and test hold out %s of the text together".formatted(validation + test),
          "leave some to learn from");
    }
  }

  private static void requireFraction(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a fraction from 0 to below 1");
    }
  }

  /** The corpus of a file by itself, all of it, of which unknown characters are left out. */
  public static CorpusSpec ofFile(String source, Newlines newlines, Tokens tokens) {
    return new CorpusSpec(source, newlines, null, tokens, 0, 0, Split.END, UnknownCharacters.DROP);
  }

  /** The same spec, with the path of a file made absolute against {@code folder}. */
  public CorpusSpec resolvedAgainst(Path folder) {
    if (source.startsWith(BUNDLED)) {
      return this;
    }
    if (source.matches("[a-z]{2,}://.*")) {
      throw InvalidInputException.ofKey(
          "source",
          "'" + Excerpt.of(source) + "' is an address on the web",
          "download the text, and name its file");
    }
    try {
      Path file = UserPath.of(folder, source);
      return new CorpusSpec(
          file.toString(), newlines, limit, tokens, validation, test, split, unknown);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofKey(
          "source",
          "'" + Excerpt.of(source) + "' is no path: " + e.getReason(),
          "name a text file");
    }
  }
}
