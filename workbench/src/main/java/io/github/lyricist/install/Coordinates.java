package io.github.lyricist.install;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Maven calls a jar by.
 *
 * @param classifier what tells it from others of its version, such as a platform; may be empty
 */
record Coordinates(String group, String artifact, String version, String classifier) {
  private static final String PART = "([A-Za-z0-9][A-Za-z0-9._-]*)";
  private static final Pattern FORM =
      Pattern.compile(PART + ":" + PART + ":" + PART + "(?::" + PART + ")?");

  /**
   * Reads {@code group:artifact:version} or {@code group:artifact:version:classifier}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Coordinates parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no coordinates: " + text);
    }
    String classifier = parts.group(4) == null ? "" : parts.group(4);
    return new Coordinates(parts.group(1), parts.group(2), parts.group(3), classifier);
  }

  /** The name of the jar. */
  String fileName() {
    return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
  }

  @Override
  public String toString() {
    return String.join(":", group, artifact, version)
        + (classifier.isEmpty() ? "" : ":" + classifier);
  }
}
