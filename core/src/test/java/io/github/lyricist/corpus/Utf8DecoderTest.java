package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8DecoderTest {
  private static final int BUFFER = 1 << 16;

  /** Decodes all; {@code tail} is a sequence of bytes in hexadecimal. */
  private static String decode(String head, String tail) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(HexFormat.of().parseHex(tail));
    Utf8Decoder decoder = new Utf8Decoder(new ByteArrayInputStream(bytes.toByteArray()), "x");
    StringBuilder text = new StringBuilder();
    for (int next = decoder.read(); next >= 0; next = decoder.read()) {
      text.appendCodePoint(next);
    }
    assertThat(decoder.codePointsRead()).isEqualTo(text.codePoints().count());
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "invalid byte, FF, 0",
    "continuation without a lead, 80, 0",
    "lead without a continuation, E58841, 0",
    "overlong NUL, C080, 0",
    "overlong slash in three bytes, E080AF, 0",
    "overlong in four bytes, F08080AF, 0",
    "encoded high surrogate, EDA080, 0",
    "encoded low surrogate, EDB080, 0",
    "beyond U+10FFFF, F4908080, 0",
    "two of three bytes at the end, E588, 0",
    "three of four bytes at the end, F09F98, 0",
    "fault after good characters, E58886FF, 3",
  })
  void namesTheByteOffsetOfAFault(String what, String hex, int offsetInHex) {
    for (int before : new int[] {0, 1, BUFFER - 3, BUFFER - 2, BUFFER - 1, BUFFER, 3 * BUFFER}) {
      assertThatThrownBy(() -> decode("a".repeat(before), hex))
          .as("%s after %d bytes", what, before)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "x: not UTF-8 at byte offset %d; convert the file to UTF-8"
                  .formatted(before + offsetInHex));
    }
  }

  @Property(tries = 200)
  void decodesWhatJavaEncodes(
      @ForAll @Size(max = 50) List<@IntRange(max = 0x10FFFF) Integer> anyCodePoints,
      @ForAll @IntRange(min = BUFFER - 8, max = BUFFER + 8) int before)
      throws IOException {
    StringBuilder text = new StringBuilder("a".repeat(before));
    for (int codePoint : anyCodePoints) {
      // Halves of surrogate pairs are no characters.
      text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
    }

    assertThat(decode(text.toString(), "")).isEqualTo(text.toString());
  }
}
