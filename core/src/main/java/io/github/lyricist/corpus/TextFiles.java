package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.UserPath;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The texts that a source names, in order: itself, all texts of a folder, or whatever files fit a
 * pattern such as {@code songs/**}{@code /*.txt}.
 */
final class TextFiles {
  private static final String WILDCARDS = "*?[{";
  private static final List<String> TEXTS = List.of(".txt", ".gz");

  private TextFiles() {}

  /**
   * Each text by a name that {@link CorpusSource} opens.
   *
   * @throws InvalidInputException if a source has none
   */
  static List<String> of(List<String> sources) {
    List<String> all = new ArrayList<>();
    for (String source : sources) {
      all.addAll(of(source));
      if (all.size() > Limits.CORPUS_TEXTS) {
        throw InvalidInputException.ofKey(
            "corpus.source",
            "it has more than the limit of %,d texts".formatted(Limits.CORPUS_TEXTS),
            "join some of them");
      }
    }
    return all;
  }

  private static List<String> of(String source) {
    if (source.startsWith(CorpusSpec.BUNDLED) || CorpusSource.isEntry(source)) {
      return List.of(source);
    }
    if (isPattern(source, Path.of(""))) {
      List<String> found = fitting(source);
      if (found.isEmpty()) {
        throw InvalidInputException.ofKey(
            "corpus.source",
            "no file fits the pattern " + Excerpt.of(source),
            "check it: * stands for any part of a name, ** for folders");
      }
      return found;
    }
    Path path = Path.of(source);
    if (!Files.isDirectory(path)) {
      return List.of(source);
    }
    List<String> found = below(path, TextFiles::isText);
    if (found.isEmpty()) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          path + " is a folder without any text (.txt or .gz)",
          "name a text file, or a pattern such as %s/*.md".formatted(path));
    }
    return found;
  }

  private static boolean isText(Path relative) {
    String lowerCase = relative.toString().toLowerCase(Locale.ROOT);
    return !isHidden(relative) && TEXTS.stream().anyMatch(lowerCase::endsWith);
  }

  /** Whether a file's name, or that of a folder above it, begins with a dot. */
  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a source is a pattern, and no file that has such a name. */
  private static boolean isPattern(String source, Path folder) {
    boolean hasWildcard = source.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    try {
      return hasWildcard && !Files.exists(UserPath.of(folder, source));
    } catch (InvalidPathException e) { // as where no name has a star
      return true;
    }
  }

  /** Where the part of a pattern begins that has wildcards. */
  private static int beginOfWildcards(String pattern) {
    int wildcard = 0;
    while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return 1 + Math.max(pattern.lastIndexOf('/', wildcard), pattern.lastIndexOf('\\', wildcard));
  }

  private static List<String> fitting(String pattern) {
    int begin = beginOfWildcards(pattern);
    Path folder = Path.of(pattern.substring(0, begin));
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob(pattern.substring(begin)));
    } catch (PatternSyntaxException e) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          "the pattern %s is broken: %s".formatted(Excerpt.of(pattern), e.getDescription()),
          "close each [ and {");
    }
    // As in a shell, a star stands for no dot at the beginning of a name.
    boolean hidden = ("/" + pattern.substring(begin)).contains("/.");
    return Files.isDirectory(folder)
        ? below(folder, file -> (hidden || !isHidden(file)) && matcher.matches(file))
        : List.of();
  }

  /**
   * Java's {@code **}{@code /} stands for one folder at least; others' for none, too. Within
   * braces, which Java doesn't nest, it stays as it is.
   */
  private static String glob(String pattern) {
    return pattern.replaceAll("\\*\\*/(?![^{]*})", "{**/,}");
  }

  private static List<String> below(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> wanted.test(folder.relativize(file)) && Files.isRegularFile(file))
          .limit(Limits.CORPUS_TEXTS + 1)
          .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
          .map(Path::toString)
          .toList();
    } catch (IOException e) {
      throw RunFailedException.reading(folder, e);
    } catch (UncheckedIOException e) {
      throw RunFailedException.reading(folder, Objects.requireNonNull(e.getCause()));
    }
  }

  /**
   * A source with its path made absolute.
   *
   * @param folder what a relative path is relative to
   * @throws InvalidInputException if it can't be the name of a text
   */
  static String absolute(String source, Path folder) {
    if (source.startsWith(CorpusSpec.BUNDLED)) {
      return source;
    }
    if (source.matches("[a-z]{2,}://.*")) {
      throw InvalidInputException.ofKey(
          "source",
          "'" + Excerpt.of(source) + "' is an address on the web",
          "download the text, and name its file");
    }
    try {
      if (!isPattern(source, folder)) {
        return UserPath.of(folder, source).toString();
      }
      int begin = beginOfWildcards(source);
      Path base = UserPath.of(folder, source.substring(0, begin));
      return base + FileSystems.getDefault().getSeparator() + source.substring(begin);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofKey(
          "source",
          "'" + Excerpt.of(source) + "' is no path: " + e.getReason(),
          "name a text file");
    }
  }
}
