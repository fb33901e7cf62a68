package io.github.lyricist.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Changes inputs at random. An input is a string of its bytes, one character each, which can be cut
 * and joined like a text.
 *
 * @param random where every choice comes from
 * @param valid inputs that parts are taken from
 */
record Mutation(UniformRandomProvider random, List<String> valid) {
  private static final int MOST_DOUBLINGS = 4; // up to 8 edits of one input
  private static final int MOST_LENGTH_BITS = 8;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
  private static final Pattern LINE = Pattern.compile("^[^\\n]*\\n", Pattern.MULTILINE);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "0.5",
          "1e-400",
          "1e400",
          "1e308",
          "4.9e-324",
          "NaN",
          "Infinity",
          ".inf",
          ".nan",
          "0x10",
          "0o17",
          "1_000",
          "007",
          "127",
          "255",
          "32768",
          "65536",
          "1048577",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "99999999999999999999",
          "\"NaN\"",
          "\\\"NaN\\\"",
          "1".repeat(1_200));

  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    10,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "\"",
          "'",
          "\\",
          "\n",
          "\r\n",
          "\t",
          " ",
          "  ",
          "#",
          "&a ",
          "*a",
          "!!str ",
          "|",
          ">",
          "- ",
          "? ",
          "---\n",
          "...\n",
          "<<: ",
          "%",
          "@",
          "`",
          "null",
          "~",
          "true",
          "false",
          "no",
          "\"\"",
          "''",
          "{}",
          "[]",
          "[[[[[[[[[[[[",
          "{\"a\":",
          "[".repeat(1_500),
          "x".repeat(3_000),
          "\\u001b[2J",
          "\\u202e",
          "\\ud83d",
          "\\u0000",
          "\u001b[31m",
          "\u0000",
          "\u0007",
          "\u007f",
          "\u0085",
          "\u009b",
          "\u00ff",
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          bytes("\u202e"),
          bytes("\u2028"),
          bytes("\ufeff"),
          bytes("："),
          bytes("😀"),
          bytes("分"),
          "\u00ff\u00fe",
          "PK\u0003\u0004",
          "../",
          "/",
          "..",
          "!/",
          ".");

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** The input with one to eight edits. */
  String of(String input) {
    String changed = input;
    for (int edits = 1 << random.nextInt(MOST_DOUBLINGS); edits > 0; edits--) {
      changed = edited(changed);
    }
    return changed;
  }

  private String edited(String input) {
    int from = place(input);
    int to = Math.min(input.length(), from + length());
    return switch (random.nextInt(12)) {
      case 0 -> bitFlipped(input, from);
      case 1 -> replaced(input, from, to, "");
      case 2 -> input.substring(0, from);
      case 3 -> replaced(input, place(input), from, to);
      case 4 -> replaced(input, from, from, any(TOKENS));
      case 5 -> replaced(input, from, to, any(TOKENS));
      case 6, 7 -> replaced(input, NUMBER, any(NUMBERS));
      case 8 -> replaced(input, WORD, found(any(valid), WORD));
      case 9 -> replaced(input, LINE, found(any(valid), LINE));
      case 10 -> spliced(input.substring(0, from), any(valid));
      default -> withInteger(input, from);
    };
  }

  /** The input with a little-endian integer, at the ends of its range or near them, at a place. */
  String withInteger(String input, int at) {
    byte[] eight =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(INTEGERS[random.nextInt(INTEGERS.length)])
            .array();
    int size = Math.min(1 << random.nextInt(4), Math.max(0, input.length() - at));
    return replaced(input, at, at + size, new String(eight, 0, size, ISO_8859_1));
  }

  private String bitFlipped(String input, int at) {
    return at == input.length()
        ? input
        : replaced(
            input,
            at,
            at + 1,
            String.valueOf((char) (input.charAt(at) ^ (1 << random.nextInt(8)))));
  }

  private String spliced(String beginning, String other) {
    return beginning + other.substring(place(other));
  }

  private static String replaced(String input, int from, int to, String by) {
    return input.substring(0, from) + by + input.substring(to);
  }

  /** The input with its part from {@code from} to {@code to} once more, at another place. */
  private static String replaced(String input, int at, int from, int to) {
    return replaced(input, at, at, input.substring(from, to));
  }

  private String replaced(String input, Pattern pattern, String by) {
    Matcher matcher = pattern.matcher(input);
    return matcher.find(place(input)) ? replaced(input, matcher.start(), matcher.end(), by) : input;
  }

  private String found(String input, Pattern pattern) {
    Matcher matcher = pattern.matcher(input);
    return matcher.find(place(input)) ? matcher.group() : "";
  }

  private int place(String input) {
    return random.nextInt(input.length() + 1);
  }

  /** Short lengths more often than long ones. */
  private int length() {
    return 1 + random.nextInt(1 << random.nextInt(MOST_LENGTH_BITS));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
