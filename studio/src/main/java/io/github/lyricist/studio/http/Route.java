package io.github.lyricist.studio.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What answers requests of a method and a path.
 *
 * @param method such as {@code GET}
 * @param path in which a part may be a placeholder, {@code {name}}
 */
public record Route(String method, String path, Handler handler) {

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers it.
     *
     * @throws IOException if the client is gone
     */
    void answer(Call call) throws IOException;
  }

  /** What a path has in place of the placeholders; empty where it is another path. */
  Optional<Map<String, String>> match(String rawPath) {
    String[] expected = path.split("/", -1);
    String[] found = rawPath.split("/", -1);
    if (expected.length != found.length) {
      return Optional.empty();
    }
    Map<String, String> placeholders = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        placeholders.put(expected[i].substring(1, expected[i].length() - 1), found[i]);
      } else if (!expected[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(placeholders);
  }
}
