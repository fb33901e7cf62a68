package io.github.lyricist.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A text of any length as it is read, at four bytes a character: blocks, so that no copy of the
 * whole is ever made while it grows.
 */
final class CodePoints {
  private static final int BLOCK_BITS = 20;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final List<int[]> blocks = new ArrayList<>();
  private int[] last = {};
  private int size;

  static CodePoints of(int[] codePoints) {
    CodePoints text = new CodePoints();
    for (int codePoint : codePoints) {
      text.add(codePoint);
    }
    return text;
  }

  void add(int codePoint) {
    int at = size & (BLOCK - 1);
    if (at == 0) {
      last = new int[BLOCK];
      blocks.add(last);
    }
    last[at] = codePoint;
    size++;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return blocks.get(index >>> BLOCK_BITS)[index & (BLOCK - 1)];
  }

  /** Work on a part of the text. */
  @FunctionalInterface
  interface BlockTask {
    /**
     * Does one part, in order.
     *
     * @param block holds it from the beginning; what is written there stays
     * @param count how many characters it has
     */
    void run(int[] block, int count);
  }

  void forEachBlock(BlockTask task) {
    for (int i = 0; i < blocks.size(); i++) {
      task.run(blocks.get(i), Math.min(BLOCK, size - (i << BLOCK_BITS)));
    }
  }

  void replaceAll(IntUnaryOperator replacement) {
    forEachBlock(
        (block, count) -> {
          for (int i = 0; i < count; i++) {
            block[i] = replacement.applyAsInt(block[i]);
          }
        });
  }

  boolean allMatch(IntPredicate condition) {
    for (int i = 0; i < size; i++) {
      if (!condition.test(get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Drops the characters that are not wanted. */
  void retain(IntPredicate wanted) {
    int read = size;
    size = 0;
    for (int i = 0; i < read; i++) {
      int codePoint = get(i);
      if (wanted.test(codePoint)) {
        blocks.get(size >>> BLOCK_BITS)[size & (BLOCK - 1)] = codePoint;
        size++;
      }
    }
    int kept = (size + BLOCK - 1) >>> BLOCK_BITS;
    blocks.subList(kept, blocks.size()).clear();
    last = kept == 0 ? new int[0] : blocks.get(kept - 1);
  }
}
