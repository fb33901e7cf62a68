package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TextDigestTest {
  private static String digestOf(String text) {
    TextDigest digest = new TextDigest();
    text.codePoints().forEach(digest::add);
    return digest.sha256();
  }

  /** FIPS 180-2, appendix B.1. */
  @Test
  void ofThreeLetters() {
    assertThat(digestOf("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void isThatOfTheBytes() throws Exception {
    String around = "\u0000\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF";
    String text = around.repeat(20_000); // longer than a buffer
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    assertThat(digestOf(text)).isEqualTo(HexFormat.of().formatHex(expected));
    assertThat(digestOf(""))
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[0])));
  }
}
