package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Spells bytes as characters that can be seen, one for each byte, as GPT-2's {@code
 * bytes_to_unicode} does: printable ones of Latin-1 stand for themselves, the others for characters
 * from U+0100 up. A space is {@code Ġ}, a line feed {@code Ċ}.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final char[] LETTERS = letters(); // by byte
  private static final int[] VALUES = values(); // by letter: the byte, or -1

  private ByteAlphabet() {}

  private static boolean standsForItself(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xA1 && value <= 0xAC)
        || (value >= 0xAE && value <= 0xFF);
  }

  private static char[] letters() {
    char[] letters = new char[BYTES];
    int others = 0;
    for (int value = 0; value < BYTES; value++) {
      letters[value] = (char) (standsForItself(value) ? value : BYTES + others++);
    }
    return letters;
  }

  private static int[] values() {
    int[] values = new int[2 * BYTES];
    Arrays.fill(values, -1);
    for (int value = 0; value < BYTES; value++) {
      values[LETTERS[value]] = value;
    }
    return values;
  }

  /** The spelling of bytes. */
  static String spell(byte[] bytes) {
    StringBuilder spelling = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      spelling.append(LETTERS[Byte.toUnsignedInt(value)]);
    }
    return spelling.toString();
  }

  /** The spelling of a text's UTF-8. */
  static String spell(String text) {
    return spell(text.getBytes(UTF_8));
  }

  /**
   * The bytes that a spelling stands for.
   *
   * @throws IllegalArgumentException if it is none
   */
  static byte[] bytes(String spelling) {
    byte[] bytes = new byte[spelling.length()];
    for (int i = 0; i < bytes.length; i++) {
      char letter = spelling.charAt(i);
      int value = letter < VALUES.length ? VALUES[letter] : -1;
      if (value < 0) {
        throw new IllegalArgumentException(
            "has %s, which stands for no byte"
                .formatted(Characters.name(Character.toString(letter))));
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
