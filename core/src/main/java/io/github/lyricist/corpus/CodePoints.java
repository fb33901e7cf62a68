package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * A text of any length, at two bytes a character: each distinct character has a code, in the order
 * in which they first came. It is kept in blocks, so that no copy of the whole is made while it
 * grows.
 */
final class CodePoints {
  static final int BLOCK_BITS = 21; // 4 MB
  private static final int FIRST_BLOCK = 1 << 12; // a short text takes little
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final List<char[]> blocks = new ArrayList<>();
  private char[] last = {};
  private long size;
  private int[] distinct = new int[128]; // by code
  private int[] codes = new int[128]; // by character: its code and 1, or 0
  private int distinctCount;

  static CodePoints of(CharSequence characters) {
    CodePoints text = new CodePoints();
    characters.codePoints().forEach(text::add);
    return text;
  }

  /**
   * Appends a character.
   *
   * @throws InvalidInputException if there are too many distinct ones
   */
  void add(int codePoint) {
    int at = (int) size & (BLOCK - 1);
    if (at == 0) {
      last = new char[size == 0 ? FIRST_BLOCK : BLOCK];
      blocks.add(last);
    } else if (at == last.length) { // only the first block grows
      last = Arrays.copyOf(last, 2 * at);
      blocks.set(0, last);
    }
    int code = codePoint < codes.length ? codes[codePoint] - 1 : -1;
    last[at] = (char) (code < 0 ? newCode(codePoint) : code);
    size++;
  }

  private int newCode(int codePoint) {
    if (distinctCount == Limits.DISTINCT_CHARACTERS) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          "the text has more than %,d distinct characters".formatted(Limits.DISTINCT_CHARACTERS),
          "give one in a language that people write");
    }
    if (codePoint >= codes.length) {
      codes = Arrays.copyOf(codes, Integer.highestOneBit(codePoint) << 1);
    }
    if (distinctCount == distinct.length) {
      distinct = Arrays.copyOf(distinct, 2 * distinctCount);
    }
    distinct[distinctCount++] = codePoint;
    codes[codePoint] = distinctCount;
    return distinctCount - 1;
  }

  long size() {
    return size;
  }

  /**
   * Copies the codes of {@code count} characters from {@code from} on: indices into {@link
   * #distinct()}.
   */
  void readCodes(long from, int[] codes, int offset, int count) {
    int done = 0;
    while (done < count) {
      char[] block = blocks.get((int) ((from + done) >>> BLOCK_BITS));
      int begin = (int) (from + done) & (BLOCK - 1);
      int length = Math.min(BLOCK - begin, count - done);
      for (int i = 0; i < length; i++) {
        codes[offset + done + i] = block[begin + i];
      }
      done += length;
    }
  }

  /** The distinct characters, in the order of their codes. */
  String distinct() {
    return new String(distinct, 0, distinctCount);
  }

  void forEach(IntConsumer action) {
    forEachCode(code -> action.accept(distinct[code]));
  }

  private void forEachCode(IntConsumer action) {
    for (int i = 0; i < blocks.size(); i++) {
      char[] block = blocks.get(i);
      int count = (int) Math.min(BLOCK, size - ((long) i << BLOCK_BITS));
      for (int at = 0; at < count; at++) {
        action.accept(block[at]);
      }
    }
  }

  /** The text with only the characters that are wanted; asks once for each distinct one. */
  CodePoints filter(Predicate<String> wanted) {
    BitSet kept = new BitSet(); // by code
    for (int code = 0; code < distinctCount; code++) {
      kept.set(code, wanted.test(Character.toString(distinct[code])));
    }
    CodePoints filtered = new CodePoints();
    forEachCode(
        code -> {
          if (kept.get(code)) {
            filtered.add(distinct[code]);
          }
        });
    return filtered;
  }

  /** How often each character comes. */
  Map<Integer, Long> frequencies() {
    long[] counts = new long[distinctCount]; // by code
    forEachCode(code -> counts[code]++);
    Map<Integer, Long> frequencies = new TreeMap<>();
    for (int code = 0; code < distinctCount; code++) {
      frequencies.put(distinct[code], counts[code]);
    }
    return frequencies;
  }
}
