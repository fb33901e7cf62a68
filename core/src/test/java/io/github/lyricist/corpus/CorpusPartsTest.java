package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Split;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorpusPartsTest {
  private static final String TEXT = "abcdefghijklmnopqrstuvw"; // 23

  private static CorpusParts cut(String text, double validation, double test, Split split) {
    CorpusSpec spec =
        CorpusSpec.DEFAULT
            .withValidation(new HeldOut.Share(validation))
            .withTest(new HeldOut.Share(test))
            .withSplit(split);
    TextCorpus whole = TextCorpus.of("text", text);
    return CorpusParts.of(whole, Cut.of(spec, whole.size(), 2));
  }

  private static String text(@Nullable Corpus part) {
    if (part == null) {
      return "none";
    }
    int[] ids = new int[(int) part.size()];
    part.read(0, ids, 0, ids.length);
    return part.tokenizer().decode(ids);
  }

  @Test
  void withNothingHeldOutAllIsTrainedOn() {
    CorpusParts parts = cut(TEXT, 0, 0, Split.END);
    assertThat(text(parts.training())).isEqualTo(TEXT);
    assertThat(parts.validation()).isNull();
    assertThat(parts.test()).isNull();
    assertThat(parts.heldOut()).isZero();
  }

  @Test
  void theEndIsHeldOutTheTestLast() {
    CorpusParts parts = cut(TEXT, 0.2, 0.1, Split.END); // round(4.6), round(2.3)
    assertThat(text(parts.training())).isEqualTo("abcdefghijklmnop");
    assertThat(text(parts.validation())).isEqualTo("qrstu");
    assertThat(text(parts.test())).isEqualTo("vw");
    assertThat(parts.heldOut()).isEqualTo(7);
  }

  /** Two rows of 11, as consecutive sampling lays them out; the 23rd letter is dropped. */
  @Test
  void orTheEndOfEachStream() {
    CorpusParts parts = cut(TEXT, 0.25, 0.2, Split.STREAMS); // round(2.75), round(2.2) of each
    assertThat(text(parts.training())).isEqualTo("abcdef" + "lmnopq");
    assertThat(text(parts.validation())).isEqualTo("ghi" + "rst");
    assertThat(text(parts.test())).isEqualTo("jk" + "uv");
    assertThat(parts.training().stretches()).isEqualTo(2);
  }

  @Test
  void aStretchIsReadAcrossItsEnd() {
    Corpus training = cut(TEXT, 0.25, 0.2, Split.STREAMS).training();
    int[] ids = new int[6];
    training.read(4, ids, 1, 4);
    assertThat(ids).containsExactly(0, 4, 5, 11, 12, 0);
    assertThatThrownBy(() -> training.read(9, ids, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aPartTooShortToPredictInIsRefused() {
    assertThatThrownBy(() -> cut(TEXT, 0.05, 0, Split.END))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it holds out 1 characters, too few");
    assertThatThrownBy(() -> cut(TEXT, 0, 0.1, Split.STREAMS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it holds out 1 characters of each of 2 streams");
  }

  @Test
  void aTextShorterThanABatchIsLeftToTheSampler() {
    assertThat(text(cut("a", 0, 0, Split.STREAMS).training())).isEqualTo("a");
  }
}
