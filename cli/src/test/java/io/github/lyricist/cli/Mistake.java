package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A mistaken call, as the table {@code mistakes.txt} has it.
 *
 * @param given what is done in the folder before, an action a line
 * @param call the command line
 * @param outcome exit code and standard error, with {@code DIR} for the folder
 */
record Mistake(List<String> given, String call, String outcome) {
  private static final String FOLDER = "DIR";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** Reads one paragraph of the table. */
  static Mistake of(String paragraph) {
    List<String> lines = paragraph.lines().toList();
    int call = 0;
    while (!lines.get(call).startsWith("lyricist")) {
      call++;
    }
    return new Mistake(
        lines.subList(0, call),
        lines.get(call),
        String.join("\n", lines.subList(call + 1, lines.size())));
  }

  /** The same call with what really came of it. */
  Mistake with(InProcess.Outcome found, Path folder) {
    String err = found.err().replace(folder.toString(), FOLDER).stripTrailing();
    return new Mistake(given, call, found.exitCode() + " " + err);
  }

  Object[] arguments(Path folder) {
    return words(call).skip(1).map(word -> word.replace(FOLDER, folder.toString())).toArray();
  }

  private static Stream<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1));
  }

  /** Does what is given in a folder; {@code run} is a run directory to copy from. */
  void prepare(Path folder, Path run) throws IOException {
    for (String action : given) {
      List<String> words = words(action).toList();
      Path file = folder.resolve(words.get(1));
      switch (words.get(0)) {
        case "file" -> Files.writeString(file, unescaped(action.replaceFirst("\\S+ \\S+ ?", "")));
        case "bytes" -> Files.write(file, HexFormat.of().parseHex(words.get(2)));
        case "folder" -> Files.createDirectory(file);
        case "run" -> copy(run, file);
        case "delete" -> Files.delete(file);
        case "cut" -> cut(file, Integer.parseInt(words.get(2)));
        case "zip" -> zip(file, words.subList(2, words.size()));
        default -> throw new IllegalArgumentException(action);
      }
    }
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\(n|t|u[0-9a-f]{4})")
        .matcher(text)
        .replaceAll(escape -> Matcher.quoteReplacement(unescapedOne(escape.group(1))));
  }

  private static String unescapedOne(String escape) {
    return switch (escape) {
      case "n" -> "\n";
      case "t" -> "\t";
      default -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void cut(Path file, int bytes) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
  }

  private static void zip(Path file, List<String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("abcd".repeat(50).getBytes(UTF_8));
      }
    }
  }

  @Override
  public String toString() {
    return String.join("\n", given) + (given.isEmpty() ? "" : "\n") + call + "\n" + outcome;
  }
}
