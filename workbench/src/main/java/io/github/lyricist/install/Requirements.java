package io.github.lyricist.install;

import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The jars of others that an engine needs, from the {@code engine.properties} beside ours.
 *
 * @param library what users look for in the engine: {@code PyTorch through DJL}
 * @param kind what it is, if it is no engine: what reaches a {@code cluster}, {@code phonetics};
 *     otherwise empty
 * @param jars those that it needs on this platform; empty where there are none for it. What names
 *     none for any platform needs the same on all
 * @param size of their download, in words
 */
record Requirements(String library, String kind, List<Coordinates> jars, String size) {
  /** The file's name. */
  static final String FILE = "engine.properties";

  /**
   * Reads those of an engine.
   *
   * @param platform as {@link io.github.lyricist.backend.NativePlatform} names it
   * @throws RunFailedException if the file is unreadable
   */
  static Requirements read(Path file, String platform) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      boolean isNative =
          properties.stringPropertyNames().stream().anyMatch(name -> name.endsWith(".jars"));
      String natives = isNative ? properties.getProperty(platform + ".jars") : "";
      return new Requirements(
          properties.getProperty("library", ""),
          properties.getProperty("kind", ""),
          natives == null
              ? List.of()
              : Stream.concat(words(properties.getProperty("jars", "")), words(natives))
                  .map(Coordinates::parse)
                  .toList(),
          properties.getProperty(platform + ".size", properties.getProperty("size", "")));
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    } catch (IllegalArgumentException e) {
      throw new RunFailedException(
          file + ": damaged (" + e.getMessage() + "); unpack the program again", e);
    }
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.trim().split("\\s+")).filter(word -> !word.isEmpty());
  }
}
