package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import java.util.function.Consumer;

/** Finds the signs of a text that decodes as UTF-8, and still is not what its writer meant. */
final class ForeignText {
  private static final int NUL = 0;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final double ONE_BYTE_OF_TWO = 0.9;

  private long size;
  private final long[] nuls = new long[2]; // at even and at odd places
  private long marks;

  void add(int codePoint) {
    if (codePoint == NUL) {
      nuls[(int) (size & 1)]++;
    } else if (codePoint == BYTE_ORDER_MARK) {
      marks++;
    }
    size++;
  }

  /**
   * Says what was found.
   *
   * @param notice told of what may be meant, in one line each
   * @throws InvalidInputException if it can't be a text in UTF-8
   */
  void tell(String source, Consumer<String> notice) {
    long all = nuls[0] + nuls[1];
    if (all > size / 4) {
      throw refusal(source, all);
    }
    if (all > 0) {
      notice.accept(
          "notice: %,d of the text's characters are NUL (U+0000), which a text has none of; they are learned like others"
              .formatted(all));
    }
    if (marks > 0) {
      notice.accept(
          "notice: a byte-order mark (U+FEFF) stands within the text, %s, as where files were joined; it is learned like other characters"
              .formatted(marks == 1 ? "once" : "%,d times".formatted(marks)));
    }
  }

  private InvalidInputException refusal(String source, long all) {
    String found = "%,d of its %,d characters are NUL (U+0000): ".formatted(all, size);
    if (Math.max(nuls[0], nuls[1]) < ONE_BYTE_OF_TWO * all) {
      return InvalidInputException.at(
          source, found + "it looks like UTF-32, or is no text", "give a text in UTF-8");
    }
    String encoding = nuls[1] > nuls[0] ? "UTF-16LE" : "UTF-16BE";
    return InvalidInputException.at(
        source,
        found + "it looks like " + encoding + " without a byte-order mark",
        "convert it to UTF-8, as with iconv -f " + encoding + " -t UTF-8");
  }
}
