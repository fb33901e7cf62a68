package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of token ids out of a corpus. */
class CorpusReadTest {

  private static int token(Corpus corpus, long index) {
    int[] one = new int[1];
    corpus.read(index, one, 0, 1);
    return one[0];
  }

  @Property
  void aBlockIsWhatSingleReadsGive(
      @ForAll @StringLength(min = 1, max = 60) @CharRange(from = 'a', to = 'z') String text,
      @ForAll @IntRange(max = 59) int begin,
      @ForAll @IntRange(max = 60) int length,
      @ForAll @IntRange(max = 60) int partBegin,
      @ForAll @IntRange(max = 5) int offset) {
    Corpus whole = TextCorpus.of("text", text);
    int partFrom = Math.min(partBegin, text.length());
    for (Corpus corpus :
        new Corpus[] {
          whole, new CorpusPart(whole, new long[] {partFrom}, text.length() - partFrom, 1)
        }) {
      int from = (int) Math.min(begin, corpus.size());
      int count = (int) Math.min(length, corpus.size() - from);
      int[] block = new int[offset + count + 1];
      Arrays.fill(block, -1);

      corpus.read(from, block, offset, count);

      for (int i = 0; i < block.length; i++) {
        boolean isRead = i >= offset && i < offset + count;
        assertThat(block[i]).isEqualTo(isRead ? token(corpus, from + i - offset) : -1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 1", "0, 0, 4", "2, 0, 2", "3, 0, 1", "4, 0, 0", "0, -1, 1", "0, 4, 2"})
  void refusesWhatIsOutOfBounds(long from, int offset, int count) {
    Corpus whole = TextCorpus.of("text", "abcab");
    for (Corpus corpus :
        new Corpus[] {TextCorpus.of("text", "abc"), new CorpusPart(whole, new long[] {1}, 3, 1)}) {
      int[] ids = new int[5];
      assertThatThrownBy(() -> corpus.read(from, ids, offset, count))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(ids).containsOnly(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 3", "3, 0, 0", "1, 3, 2"})
  void readsToTheEnd(long from, int offset, int count) {
    int[] ids = new int[5];
    TextCorpus.of("text", "abc").read(from, ids, offset, count);
    for (int i = 0; i < count; i++) {
      assertThat(ids[offset + i]).isEqualTo((int) from + i);
    }
  }
}
