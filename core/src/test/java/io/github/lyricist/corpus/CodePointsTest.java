package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text that is longer than a block. */
class CodePointsTest {
  private static final int BLOCK = 1 << CodePoints.BLOCK_BITS;
  private static final int SIZE = 2 * BLOCK + 3;
  private static final int DISTINCT = 1000;
  private static final int FIRST = 0x10FFFF; // and the others below it

  private static CodePoints text() {
    CodePoints text = new CodePoints();
    for (int i = 0; i < SIZE; i++) {
      text.add(FIRST - i % DISTINCT);
    }
    return text;
  }

  private static int at(CodePoints text, int index) {
    int[] code = new int[1];
    text.readCodes(index, code, 0, 1);
    return text.distinct().codePoints().toArray()[code[0]];
  }

  @Test
  void keepsWhatIsAdded() {
    CodePoints text = text();
    assertThat(text.size()).isEqualTo(SIZE);
    assertThat(text.distinct().codePoints()).hasSize(DISTINCT).startsWith(FIRST, FIRST - 1);
    for (int i : new int[] {0, 1, BLOCK - 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK, SIZE - 1}) {
      assertThat(at(text, i)).isEqualTo(FIRST - i % DISTINCT);
    }
    int[] count = {0};
    text.forEach(
        codePoint -> {
          if (codePoint != FIRST - count[0]++ % DISTINCT) {
            throw new AssertionError("another character at " + (count[0] - 1));
          }
        });
    assertThat(count[0]).isEqualTo(SIZE);
  }

  @Test
  void keepsOnlyWhatIsWanted() {
    CodePoints kept = text().filter(character -> character.codePointAt(0) % 2 == 0);
    assertThat(kept.size()).isEqualTo(SIZE / 2);
    assertThat(kept.distinct().codePoints()).hasSize(DISTINCT / 2);
    assertThat(at(kept, BLOCK)).isEqualTo(FIRST - (2 * BLOCK + 1) % DISTINCT);
    assertThat(text().filter(character -> false).size()).isZero();
  }

  @Test
  void asksOnceForEachDistinctCharacter() {
    List<String> asked = new ArrayList<>();
    CodePoints.of("banana").filter(asked::add);
    assertThat(asked).containsExactly("b", "a", "n");
  }

  @Test
  void readsAcrossBlocks() {
    CodePoints text = text();
    int[] codes = new int[SIZE + 2];
    text.readCodes(0, codes, 1, SIZE);
    assertThat(codes[0]).isZero();
    assertThat(codes[SIZE + 1]).isZero();
    for (int i = 0; i < SIZE; i++) {
      if (codes[1 + i] != i % DISTINCT) {
        throw new AssertionError("another code at " + i);
      }
    }
    int[] around = new int[4];
    text.readCodes(BLOCK - 2, around, 0, 4);
    assertThat(around)
        .containsExactly(
            (BLOCK - 2) % DISTINCT,
            (BLOCK - 1) % DISTINCT,
            BLOCK % DISTINCT,
            (BLOCK + 1) % DISTINCT);
  }

  @Test
  void countsEachCharacter() {
    assertThat(CodePoints.of("banana").frequencies())
        .containsExactly(entry((int) 'a', 3L), entry((int) 'b', 1L), entry((int) 'n', 2L));
    assertThat(new CodePoints().frequencies()).isEmpty();
  }

  @Test
  void holdsNoMoreDistinctCharactersThanItHasCodesFor() {
    CodePoints text = new CodePoints();
    for (int i = 0; i < Limits.DISTINCT_CHARACTERS; i++) {
      text.add(FIRST - i);
    }
    text.add(FIRST - 7);
    assertThat(at(text, Limits.DISTINCT_CHARACTERS - 1)).isEqualTo(FIRST - 0xFFFF);
    assertThat(at(text, Limits.DISTINCT_CHARACTERS)).isEqualTo(FIRST - 7);
    assertThatThrownBy(() -> text.add(FIRST - Limits.DISTINCT_CHARACTERS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 65,536 distinct characters");
  }
}
