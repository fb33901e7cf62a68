package io.github.lyricist;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Paths as users write them. A {@code ~/} at the beginning is the home folder, as in a shell, which
 * leaves it alone in a file and behind {@code --out=}.
 */
public final class UserPath {
  private static final String HOME = "~/";

  private UserPath() {}

  /**
   * What a user calls by this name.
   *
   * @throws java.nio.file.InvalidPathException if no file can have such a name
   */
  public static Path of(String name) {
    return of(name, System.getenv());
  }

  static Path of(String name, Map<String, String> environment) {
    if (!name.equals("~") && !name.startsWith(HOME)) {
      return Path.of(name);
    }
    String home = environment.getOrDefault("HOME", environment.get("USERPROFILE"));
    String known = Objects.requireNonNullElse(home, System.getProperty("user.home"));
    return Path.of(known).resolve(name.substring(Math.min(name.length(), HOME.length())));
  }

  /**
   * The same as an absolute path.
   *
   * @param folder what a relative path is relative to
   * @throws java.nio.file.InvalidPathException if no file can have such a name
   */
  public static Path of(Path folder, String name) {
    // As text, since the folder may be of another file system.
    return folder.resolve(of(name).toString()).toAbsolutePath().normalize();
  }
}
