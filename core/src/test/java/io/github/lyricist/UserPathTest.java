package io.github.lyricist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserPathTest {
  @ParameterizedTest
  @CsvSource({
    "~, /home/me",
    "~/, /home/me",
    "~/songs/a.txt, /home/me/songs/a.txt",
    "~you/a.txt, ~you/a.txt",
    "a/~/b, a/~/b",
    "a.txt, a.txt",
    "/a, /a"
  })
  void aTildeIsTheHomeFolder(String name, String path) {
    assertThat(UserPath.of(name, Map.of("HOME", "/home/me", "USERPROFILE", "/other")))
        .isEqualTo(Path.of(path));
  }

  @Test
  void withoutHomeItIsWhatWindowsCallsSo() {
    assertThat(UserPath.of("~/a", Map.of("USERPROFILE", "/me"))).isEqualTo(Path.of("/me/a"));
    assertThat(UserPath.of("~/a", Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), "a"));
  }

  @Test
  void relativeOnesAreInTheirFolder() {
    assertThat(UserPath.of(Path.of("/base"), "x/../a")).isEqualTo(Path.of("/base/a"));
    assertThat(UserPath.of(Path.of("/base"), "/a")).isEqualTo(Path.of("/a"));
  }
}
