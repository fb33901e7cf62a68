package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lyricist.corpus.CorpusSpec.Newlines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownCorporaTest {

  private static Corpus read(String source, @Nullable Integer limit) {
    return CorpusReaderTest.read(
        CorpusReaderTest.spec(source, Newlines.SPACE, limit), notice -> {});
  }

  private static String realCorpus() {
    String path = System.getenv("LYRICIST_CORPUS");
    assumeTrue(path != null, "LYRICIST_CORPUS is not set to the path of the real corpus");
    return String.valueOf(path);
  }

  @Test
  void theBundledSongsAreLongAndRichEnough() {
    Corpus all = read("bundled:songs", null);
    Corpus start = read("bundled:songs", 10_000);

    assertThat(all.size()).isGreaterThanOrEqualTo(12_000);
    assertThat(start.size()).isEqualTo(10_000);
    assertThat(start.tokenizer().size()).isBetween(950, 1_080);
    assertThat(Corpora.text(start)).contains("分开", "不分开");
  }

  @Test
  void theRealCorpusHasThePublishedFigures() {
    Corpus all =
        CorpusReaderTest.read(
            CorpusSpec.of(realCorpus()).withNewlines(Newlines.KEEP), notice -> {});

    assertThat(all.size()).isEqualTo(63_282);
    assertThat(all.tokenizer().size()).isEqualTo(2_583);
  }

  @Test
  void theStartOfTheRealCorpusHasThePublishedFigures() {
    Corpus start = read(realCorpus(), 10_000);

    assertThat(start.size()).isEqualTo(10_000);
    assertThat(start.tokenizer().size()).isEqualTo(1_027);
  }
}
