package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
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
    return text.distinct()[text.code(index)];
  }

  @Test
  void keepsWhatIsAdded() {
    CodePoints text = text();
    assertThat(text.size()).isEqualTo(SIZE);
    assertThat(text.distinct()).hasSize(DISTINCT).startsWith(FIRST, FIRST - 1);
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
    CodePoints kept = text().filter(codePoint -> codePoint % 2 == 0);
    assertThat(kept.size()).isEqualTo(SIZE / 2);
    assertThat(kept.distinct()).hasSize(DISTINCT / 2);
    assertThat(at(kept, BLOCK)).isEqualTo(FIRST - (2 * BLOCK + 1) % DISTINCT);
    assertThat(text().filter(codePoint -> false).size()).isZero();
  }

  @Test
  void countsEachCharacter() {
    assertThat(CodePoints.of('b', 'a', 'n', 'a', 'n', 'a').frequencies())
        .containsExactly(entry((int) 'a', 3), entry((int) 'b', 1), entry((int) 'n', 2));
    assertThat(new CodePoints().frequencies()).isEmpty();
  }

  @Test
  void holdsNoMoreDistinctCharactersThanItHasCodesFor() {
    CodePoints text = new CodePoints();
    for (int i = 0; i < Limits.DISTINCT_CHARACTERS; i++) {
      text.add(i);
    }
    text.add(7);
    assertThat(at(text, Limits.DISTINCT_CHARACTERS - 1)).isEqualTo(0xFFFF);
    assertThat(at(text, Limits.DISTINCT_CHARACTERS)).isEqualTo(7);
    assertThatThrownBy(() -> text.add(Limits.DISTINCT_CHARACTERS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 65,536 distinct characters");
  }
}
