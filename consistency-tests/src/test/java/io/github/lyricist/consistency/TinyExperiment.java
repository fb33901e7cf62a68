package io.github.lyricist.consistency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An experiment that takes a second: a small text, a small model, four epochs. */
final class TinyExperiment {
  static final String CONFIG = "微小.yaml";

  /** What it prints, whatever the engine. */
  static final Pattern OUTPUT =
      Pattern.compile(
          """
          epoch 2, perplexity \\d+\\.\\d{6}, time \\d+\\.\\d{2} sec
           - 春雨.{9}
           - 雨.{9}
          epoch 4, perplexity \\d+\\.\\d{6}, time \\d+\\.\\d{2} sec
           - 春雨.{9}
           - 雨.{9}
          """);

  private static final String YAML =
      """
      name: tiny
      corpus: {source: text.txt}
      sampler: {batchSize: 4, steps: 5}
      model: {hidden: 7}
      training: {epochs: 4}
      preview: {every: 2, prefixes: [春雨, 雨], length: 9}
      """;

  private static final String TEXT = "春雨落在旧城墙，你说明年会再来。\r\n我把灯留在窗前，等风把门轻轻推开。\n";

  private TinyExperiment() {}

  /** Writes the config and its text into a folder. */
  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("text.txt"), TEXT.repeat(10));
    Files.writeString(folder.resolve(CONFIG), YAML);
  }

  /** The arguments that run it, with others after them. */
  static String[] run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", CONFIG));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  /** The arguments that run it with these settings into a directory, with others after them. */
  static String[] run(List<String> settings, String directory, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", CONFIG, "--out", directory));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }
}
