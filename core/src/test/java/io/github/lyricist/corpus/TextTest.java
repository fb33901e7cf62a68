package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** A text that is longer than a block. */
class TextTest {
  private static final int BLOCK = Ids.BLOCK_BYTES / Text.WIDTH; // characters
  private static final int SIZE = 2 * BLOCK + 3;
  private static final int DISTINCT = 1000;
  private static final int FIRST = 0x10FFFF; // and the others below it

  private static Text text() {
    HeapIds.Builder codes = new HeapIds.Builder(Text.WIDTH);
    Text.Writer writer = new Text.Writer(codes, false);
    for (int i = 0; i < SIZE; i++) {
      writer.add(FIRST - i % DISTINCT);
    }
    return Text.read("text", new TextCache.Entry(writer.head(List.of("odd")), codes.build()));
  }

  @Test
  void keepsWhatIsAdded() {
    Text text = text();
    assertThat(text.size()).isEqualTo(SIZE);
    assertThat(text.notices()).containsExactly("odd");
    assertThat(text.alphabet().codePoints()).hasSize(DISTINCT).startsWith(FIRST, FIRST - 1);
    IntSupplier characters = text.characters(0, SIZE);
    for (int i = 0; i < SIZE; i++) {
      if (characters.getAsInt() != FIRST - i % DISTINCT) {
        throw new AssertionError("another character at " + i);
      }
    }
    assertThat(characters.getAsInt()).isEqualTo(-1);
    IntSupplier around = text.characters(BLOCK - 1, 2);
    assertThat(around.getAsInt()).isEqualTo(FIRST - (BLOCK - 1) % DISTINCT);
    assertThat(around.getAsInt()).isEqualTo(FIRST - BLOCK % DISTINCT);
    assertThat(around.getAsInt()).isEqualTo(-1);
  }

  @Test
  void readsCodesAcrossBlocks() {
    int[] codes = new int[SIZE + 2];
    text().codes().read(0, codes, 1, SIZE);
    assertThat(codes[0]).isZero();
    assertThat(codes[SIZE + 1]).isZero();
    for (int i = 0; i < SIZE; i++) {
      if (codes[1 + i] != i % DISTINCT) {
        throw new AssertionError("another code at " + i);
      }
    }
    int[] around = new int[4];
    text().codes().read(BLOCK - 2, around, 0, 4);
    assertThat(around)
        .containsExactly(
            (BLOCK - 2) % DISTINCT,
            (BLOCK - 1) % DISTINCT,
            BLOCK % DISTINCT,
            (BLOCK + 1) % DISTINCT);
  }

  @Test
  void countsEachCharacter() {
    Text text = Text.of("text", "banana");
    assertThat(text.alphabet()).isEqualTo("ban");
    assertThat(text.counts()).containsExactly(1, 3, 2);
    assertThat(text.alphabet(2)).isEqualTo("an");
    assertThat(text.alphabet(4)).isEmpty();
    assertThat(Text.of("text", "").size()).isZero();
  }

  @Test
  void holdsNoMoreDistinctCharactersThanItHasCodesFor() {
    HeapIds.Builder codes = new HeapIds.Builder(Text.WIDTH);
    Text.Writer writer = new Text.Writer(codes, false);
    for (int i = 0; i < Limits.DISTINCT_CHARACTERS; i++) {
      writer.add(FIRST - i);
    }
    writer.add(FIRST - 7);
    assertThatThrownBy(() -> writer.add(FIRST - Limits.DISTINCT_CHARACTERS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 65,536 distinct characters");
    Text text = Text.read("text", new TextCache.Entry(writer.head(List.of()), codes.build()));
    IntSupplier last = text.characters(Limits.DISTINCT_CHARACTERS - 1, 2);
    assertThat(last.getAsInt()).isEqualTo(FIRST - 0xFFFF);
    assertThat(last.getAsInt()).isEqualTo(FIRST - 7);
  }
}
