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
 * @param limit how many characters to keep, or null for all
 * @param validation the fraction of the corpus, at its end, that is held out; 0 for none
 * @param unknown what to do with characters that a model started from doesn't know
 */
public record CorpusSpec(
    String source,
    Newlines newlines,
    @Nullable Integer limit,
    double validation,
    UnknownCharacters unknown) {

  /** The prefix of a source that ships with Lyricist. */
  public static final String BUNDLED = "bundled:";

  /** Every default but {@code source}, which a config must give. */
  public static final CorpusSpec DEFAULT =
      new CorpusSpec(BUNDLED + "songs", Newlines.SPACE, null, 0.0, UnknownCharacters.ERROR);

  /** What becomes of line feeds and carriage returns. */
  public enum Newlines {
    /** Each {@code \n} and each {@code \r} becomes one space. */
    SPACE,
    /** They stay as they are. */
    KEEP
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
    if (!(validation >= 0 && validation < 1)) {
      throw InvalidInputException.ofKey(
          "validation", "found " + validation, "expected a fraction from 0 to below 1");
    }
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
      return new CorpusSpec(file.toString(), newlines, limit, validation, unknown);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofKey(
          "source",
          "'" + Excerpt.of(source) + "' is no path: " + e.getReason(),
          "name a text file");
    }
  }
}
