package io.github.lyricist.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.generation.BeamSearch;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.ParticleSearch;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.verse.Form;
import io.github.lyricist.verse.Phonetics;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class WriterTest {
  private static final Form LINES = new Form(2, List.of(), "", List.of());

  private final AtomicInteger asked = new AtomicInteger();

  private Writer writer(String characters) {
    return writer(characters, Newlines.KEEP);
  }

  private Writer writer(String characters, Newlines newlines) {
    return new Writer(
        Mockito.mock(RecurrentModel.class),
        CharacterTokenizer.of(characters),
        newlines,
        () -> {
          asked.incrementAndGet();
          return Mockito.mock(Phonetics.class);
        },
        () -> {
          asked.incrementAndGet();
          return Mockito.mock(TrainingText.class);
        });
  }

  private static WritingSpec spec(
      Decoding decoding, @Nullable Integer beam, @Nullable Form form, List<String> required) {
    Integer length = form == null ? Integer.valueOf(9) : null;
    return new WritingSpec(decoding, beam, length, List.of(), form, required, List.of(), null);
  }

  private Search search(WritingSpec spec, String prefix) {
    return writer("abc\n")
        .search(
            spec,
            prefix,
            Sampling.TEXT_ALONE,
            text -> new RandomStreams(1).stream(Purpose.GENERATION, 0L));
  }

  @Test
  void theSearchFitsTheWish() {
    assertThat(search(spec(Decoding.sampling(1), null, null, List.of()), "a"))
        .isInstanceOf(Sampling.class);
    assertThat(search(spec(Decoding.sampling(1), null, LINES, List.of()), ""))
        .isInstanceOf(ParticleSearch.class);
    assertThat(search(spec(Decoding.sampling(1), null, null, List.of("b")), "a"))
        .isInstanceOf(ParticleSearch.class);
    assertThat(search(spec(Decoding.GREEDY, 4, null, List.of()), "a"))
        .isInstanceOf(BeamSearch.class);
    assertThat(search(spec(Decoding.GREEDY, null, LINES, List.of()), ""))
        .isInstanceOf(BeamSearch.class);
  }

  @Test
  void nothingIsReadThatIsNotNeeded() {
    search(spec(Decoding.sampling(1), null, LINES, List.of()), "ab");
    assertThat(asked).hasValue(0);
  }

  @Test
  void whereNoLineEndIsKnownASpaceIsOne() {
    assertThat(writer("abc\n ").lineEnd()).isEqualTo('\n');
    assertThat(writer("abc ").lineEnd()).isEqualTo(' ');
    assertThat(writer("abc\n ", Newlines.SPACE).lineEnd()).isEqualTo(' ');
    assertThat(writer("abc ").opening()).isEqualTo(" ");
    assertThat(writer("abc").opening()).isEmpty();
    assertThat(writer("abc ").inLines("ab ca ")).isEqualTo("ab\nca");
  }

  @Test
  void whatTheModelDoesNotKnowCanNotBeWritten() {
    assertThatThrownBy(() -> search(spec(Decoding.sampling(1), null, null, List.of("bx")), "a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the model does not know 'x'");
    Form acrostic = new Form(2, List.of(), "", List.of("a", "x"));
    assertThatThrownBy(() -> search(spec(Decoding.sampling(1), null, acrostic, List.of()), ""))
        .hasMessageContaining("the model does not know 'x'");
  }

  @Test
  void aPrefixMustFitTheFirstLine() {
    Form acrostic = new Form(2, List.of(), "", List.of("a", "b"));
    search(spec(Decoding.sampling(1), null, acrostic, List.of()), "ab");
    assertThatThrownBy(() -> search(spec(Decoding.sampling(1), null, acrostic, List.of()), "b"))
        .hasMessageContaining("'b' can't begin a text with this --acrostic");
  }

  @Test
  void wishesThatExcludeEachOtherAreRefused() {
    assertRefused(5, List.of(), List.of("ab"), List.of("xabx"), "'xabx' has 'ab' in it");
    assertRefused(5, List.of("b"), List.of(), List.of("abc"), "'abc' has 'b' in it");
    assertRefused(2, List.of(), List.of(), List.of("abc"), "'abc' is longer than the text");
    assertRefused(2, List.of(""), List.of(), List.of(), "a text is empty");
  }

  private static void assertRefused(
      int length, List<String> stops, List<String> banned, List<String> required, String message) {
    assertThatThrownBy(
            () ->
                new WritingSpec(Decoding.GREEDY, null, length, stops, null, required, banned, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
