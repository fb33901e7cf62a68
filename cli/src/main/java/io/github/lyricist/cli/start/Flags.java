package io.github.lyricist.cli.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The flags of {@code lib/java.args}. It is one of Java's argument files, in which a comment {@code
 * #: CONDITION} says for which starts the flags below it are: {@code all}, those on {@code java 24}
 * and later, or the named {@linkplain StartKind kinds}.
 */
final class Flags {
  private static final String CONDITION = "#:";
  private static final String VERSION = "java ";

  private final List<String> lines;

  private Flags(List<String> lines) {
    this.lines = lines;
  }

  static Flags read(Path file) throws IOException {
    return new Flags(Files.readAllLines(file, UTF_8));
  }

  /**
   * Those of one kind of start.
   *
   * @param java the version of Java, 17 or later
   */
  List<String> of(int java, StartKind kind) {
    Predicate<String> holds =
        condition ->
            condition.startsWith(VERSION)
                ? java >= Integer.parseInt(condition.substring(VERSION.length()).trim())
                : condition.equals("all") || List.of(condition.split(" ")).contains(kind.word());
    List<String> flags = new ArrayList<>();
    boolean taken = false;
    for (String line : lines) {
      if (line.startsWith(CONDITION)) {
        taken = holds.test(line.substring(CONDITION.length()).trim());
      } else if (taken && !line.isBlank() && !line.startsWith("#")) {
        flags.add(line.trim());
      }
    }
    return flags;
  }
}
