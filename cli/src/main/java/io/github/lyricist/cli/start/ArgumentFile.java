package io.github.lyricist.cli.start;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The argument file of a kind of start, as {@code java @FILE} takes it.
 *
 * <p>Its first line is {@code # ARCHIVE SIZE}: Java looks at the sums of what is in an archive of
 * classes, but crashes on one that was cut off, so the start scripts look at its size. It is 0
 * where there is none.
 */
final class ArgumentFile {
  /** That of the program java, which knows no other. */
  private static final Charset SYSTEMS =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private ArgumentFile() {}

  /**
   * Writes one.
   *
   * @param folder where the archive of the kind is, if there is one
   */
  static void write(Path folder, StartKind kind, List<String> arguments) throws IOException {
    List<String> lines = new ArrayList<>(List.of(firstLine(folder, kind)));
    arguments.forEach(argument -> lines.add(quoted(argument)));
    Files.write(folder.resolve(kind.word()), lines, SYSTEMS);
  }

  private static String firstLine(Path folder, StartKind kind) throws IOException {
    Path archive = folder.resolve(kind.archive());
    return "# %s %d".formatted(kind.archive(), Files.exists(archive) ? Files.size(archive) : 0);
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Whether a folder has that of a kind, and its archive as it was. */
  static boolean isWhole(Path folder, StartKind kind) throws IOException {
    Path file = folder.resolve(kind.word());
    return Files.exists(file)
        && Files.readAllLines(file, SYSTEMS).get(0).equals(firstLine(folder, kind));
  }
}
