package io.github.lyricist;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Which build of Lyricist this is.
 *
 * @param version the released version
 * @param commit the git commit it was built from, or {@code unknown} outside a git checkout
 */
public record Build(String version, String commit) {

  /** Reads what the build wrote beside this class. */
  public static Build current() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new RunFailedException("the program's own build.properties is unreadable", e);
    }
    return new Build(
        properties.getProperty("git.build.version", "unknown"),
        properties.getProperty("git.commit.id", "unknown"));
  }
}
