package io.github.lyricist.spark;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes come from. */
final class Jars {
  private Jars() {}

  /** The jar that a class was loaded from. */
  static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
