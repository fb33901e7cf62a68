package io.github.lyricist.config.yaml;

import io.github.lyricist.tokens.Excerpt;

/**
 * Where a node stands, for error messages.
 *
 * @param origin the file, or the option of the command line, such as {@code --set seed=2}
 * @param line from 1; 0 in an option, where the option is place enough
 * @param column in characters, from 1
 */
public record Place(String origin, int line, int column) {

  /** Everything that an option of the command line gives stands here. */
  public static Place ofOption(String option) {
    return new Place(option, 0, 0);
  }

  public boolean isOption() {
    return line == 0;
  }

  @Override
  public String toString() {
    return isOption() ? Excerpt.of(origin) : origin + ":" + line + ":" + column;
  }
}
