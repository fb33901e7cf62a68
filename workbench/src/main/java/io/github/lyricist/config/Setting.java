package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;

/**
 * A value given on the command line, in place of the file's.
 *
 * @param origin how the user wrote it, for error messages: {@code --set seed=2}
 * @param path dotted path of the key
 * @param yaml the value, as YAML
 */
public record Setting(String origin, String path, String yaml) {

  /** Reads the {@code path=value} of {@code --set}. */
  public static Setting parse(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw InvalidInputException.at(
          "--set " + assignment, "there is no '='", "write --set path=value, as in --set seed=2");
    }
    return new Setting(
        "--set " + assignment, assignment.substring(0, equals), assignment.substring(equals + 1));
  }
}
