package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A text of any length, at two bytes a character: each distinct character has a code, in the order
 * in which they first came. It is kept in blocks, so that no copy of the whole is made while it
 * grows.
 */
final class CodePoints {
  static final int BLOCK_BITS = 21; // 4 MB
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final List<char[]> blocks = new ArrayList<>();
  private char[] last = {};
  private int size;
  private int[] distinct = new int[128]; // by code
  private int[] codes = new int[128]; // by character: its code and 1, or 0
  private int distinctCount;

  static CodePoints of(int... codePoints) {
    CodePoints text = new CodePoints();
    for (int codePoint : codePoints) {
      text.add(codePoint);
    }
    return text;
  }

  /**
   * Appends a character.
   *
   * @throws InvalidInputException if there are too many distinct ones
   */
  void add(int codePoint) {
    int at = size & (BLOCK - 1);
    if (at == 0) {
      last = new char[BLOCK];
      blocks.add(last);
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

  int size() {
    return size;
  }

  /** The code of the character at {@code index}, an index into {@link #distinct()}. */
  int code(int index) {
    return blocks.get(index >>> BLOCK_BITS)[index & (BLOCK - 1)];
  }

  /** The distinct characters, in the order of their codes. */
  int[] distinct() {
    return Arrays.copyOf(distinct, distinctCount);
  }

  void forEach(IntConsumer action) {
    for (int i = 0; i < blocks.size(); i++) {
      char[] block = blocks.get(i);
      int count = Math.min(BLOCK, size - (i << BLOCK_BITS));
      for (int at = 0; at < count; at++) {
        action.accept(distinct[block[at]]);
      }
    }
  }

  /** The text with only the characters that are wanted. */
  CodePoints filter(IntPredicate wanted) {
    CodePoints kept = new CodePoints();
    forEach(
        codePoint -> {
          if (wanted.test(codePoint)) {
            kept.add(codePoint);
          }
        });
    return kept;
  }

  /** How often each character comes. */
  Map<Integer, Integer> frequencies() {
    int[] counts = new int[distinctCount]; // by code
    for (int i = 0; i < size; i++) {
      counts[code(i)]++;
    }
    Map<Integer, Integer> frequencies = new TreeMap<>();
    for (int code = 0; code < distinctCount; code++) {
      frequencies.put(distinct[code], counts[code]);
    }
    return frequencies;
  }
}
