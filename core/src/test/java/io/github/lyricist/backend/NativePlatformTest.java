package io.github.lyricist.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux-amd64, linux-x86_64",
    "Linux-aarch64, linux-arm64",
    "Mac OS X-aarch64, macos-arm64",
    "Mac OS X-x86_64, macos-x86_64",
    "Windows 11-amd64, windows-x86_64",
    "linux-x86_64, linux-x86_64",
    "osx-aarch64, macos-arm64",
    "macosx-arm64, macos-arm64",
    "win-x86_64, windows-x86_64",
    "FreeBSD-amd64, freebsd-x86_64",
  })
  void isTheSameInAllWords(String words, String name) {
    assertThat(NativePlatform.name(words)).isEqualTo(name);
  }
}
