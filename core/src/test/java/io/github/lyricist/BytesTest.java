package io.github.lyricist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.00 kB",
    "999499, 999 kB",
    "999500, 1.00 MB",
    "1048576, 1.05 MB",
    "9994999, 9.99 MB",
    "9995000, 10.0 MB",
    "735946472, 736 MB",
    "8589934592, 8.59 GB",
    "9223372036854775807, 9.22 EB"
  })
  void threeDigitsAndAUnit(long bytes, String text) {
    assertThat(Bytes.text(bytes)).isEqualTo(text);
  }
}
