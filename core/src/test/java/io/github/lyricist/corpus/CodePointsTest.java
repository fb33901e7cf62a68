package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text that is longer than a block. */
class CodePointsTest {
  private static final int BLOCK = 1 << 20;
  private static final int SIZE = 2 * BLOCK + 3;

  private static CodePoints text() {
    CodePoints text = new CodePoints();
    for (int i = 0; i < SIZE; i++) {
      text.add(i);
    }
    return text;
  }

  @Test
  void keepsWhatIsAdded() {
    CodePoints text = text();
    assertThat(text.size()).isEqualTo(SIZE);
    for (int i : new int[] {0, 1, BLOCK - 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK, SIZE - 1}) {
      assertThat(text.get(i)).isEqualTo(i);
    }
    List<Integer> counts = new ArrayList<>();
    text.forEachBlock((block, count) -> counts.add(count));
    assertThat(counts).containsExactly(BLOCK, BLOCK, 3);
  }

  @Test
  void replacesEachCharacter() {
    CodePoints text = text();
    text.replaceAll(codePoint -> codePoint + 5);
    assertThat(text.get(BLOCK)).isEqualTo(BLOCK + 5);
    assertThat(text.get(SIZE - 1)).isEqualTo(SIZE + 4);
  }

  @Test
  void dropsWhatIsNotWanted() {
    CodePoints text = text();
    text.retain(codePoint -> codePoint % 3 == 0);
    assertThat(text.size()).isEqualTo((SIZE + 2) / 3);
    assertThat(text.get(text.size() - 1)).isEqualTo((text.size() - 1) * 3);
    assertThat(text.get(BLOCK / 2)).isEqualTo(BLOCK / 2 * 3);
    text.add(7);
    assertThat(text.get(text.size() - 1)).isEqualTo(7);
    text.retain(codePoint -> false);
    assertThat(text.size()).isZero();
  }
}
