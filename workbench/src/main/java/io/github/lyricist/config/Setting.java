package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Place;
import io.github.lyricist.config.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    String origin = "--set " + assignment;
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw InvalidInputException.at(
          Place.ofOption(origin).toString(),
          equals < 0 ? "there is no '='" : "there is no key before the '='",
          "write --set path=value, as in --set seed=2");
    }
    return new Setting(origin, assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  /** That of an option in place of a key, where the option is given. */
  public static Optional<Setting> ofOption(String option, String path, @Nullable String yaml) {
    return Optional.ofNullable(yaml).map(value -> new Setting(option + " " + value, path, value));
  }

  /** A value that is text, whatever YAML would make of it. */
  public static Setting ofText(String origin, String path, String text) {
    return new Setting(origin, path, "'" + text.replace("'", "''") + "'");
  }

  /** The document with this value in place of what stands there. */
  Mapping in(Mapping root) {
    List<String> keys = List.of(path.split("\\.", -1));
    if (keys.size() > Limits.CONFIG_DEPTH) {
      throw InvalidInputException.at(
          Place.ofOption(origin).toString(),
          "nested deeper than the limit of " + Limits.CONFIG_DEPTH,
          "give the path of a key, as in --set training.epochs=5");
    }
    return root.with(keys, YamlReader.readOption(origin, yaml));
  }
}
