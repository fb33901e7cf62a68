package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Written.Alternative;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class SamplingTest {
  private static final Tokenizer ABC = CharacterTokenizer.of("abc🐍");

  /** Always predicts the next token of {@link #ABC}, and notes what it read. */
  private static final class NextInLine {
    private final List<Integer> read = new ArrayList<>();
    private final RecurrentModel model = Mockito.mock(RecurrentModel.class);

    NextInLine() {
      Session session = Mockito.mock(Session.class);
      Mockito.when(model.newSession(Mockito.anyInt())).thenReturn(session);
      Mockito.doAnswer(
              call -> {
                next(call.getArgument(0), call.getArgument(1));
                return null;
              })
          .when(session)
          .next(Mockito.any(), Mockito.any());
    }

    private void next(int[] ids, float[] logits) {
      Arrays.fill(logits, 0);
      for (int b = 0; b < ids.length; b++) {
        read.add(ids[b]);
        logits[b * ABC.size() + (ids[b] + 1) % ABC.size()] = 1;
      }
    }
  }

  private static String write(RecurrentModel model, String prefix, int length, Choice choice) {
    StringBuilder text = new StringBuilder();
    new Sampling(model, ABC, Ending.after(length), Sampling.TEXT_ALONE, number -> choice)
        .write(prefix, 1, (number, more) -> text.append(more));
    return text.toString();
  }

  @Test
  void feedsThePrefixAndThenWhatItWrote() {
    NextInLine model = new NextInLine();
    assertThat(write(model.model, "ca", 4, Choice.GREEDY)).isEqualTo("bc🐍a");
    assertThat(model.read).startsWith(2, 0, 1, 2, 3);
  }

  @Test
  void lengthCountsTheCharactersAfterThePrefix() {
    assertThat(write(new NextInLine().model, "a", 0, Choice.GREEDY)).isEmpty();
  }

  @Test
  void writesSeveralTextsSideBySide() {
    List<String> written = new ArrayList<>();
    Choice least = logits -> 0;
    new Sampling(
            new NextInLine().model,
            ABC,
            Ending.after(3),
            Sampling.TEXT_ALONE,
            number -> number == 0 ? Choice.GREEDY : least)
        .write("b", 2, (text, more) -> written.add(text + more));
    assertThat(written).containsExactly("0c", "1a", "0🐍", "1a", "0a", "1a");
  }

  /** Texts are told as done in their order, each with the probabilities of its tokens. */
  @Test
  void tellsTheProbabilitiesOfItsTokens() {
    List<Written> done = new ArrayList<>();
    Search search =
        new Sampling(
            new NextInLine().model,
            ABC,
            Decoding.GREEDY,
            Ending.after(2),
            2,
            text -> new RandomStreams(7).stream(Purpose.GENERATION, (long) text));
    search.write(
        "a",
        70,
        new Search.Reader() {
          @Override
          public void read(int text, String more) {}

          @Override
          public void done(int text, Written written) {
            assertThat(text).isEqualTo(done.size());
            done.add(written);
          }
        });
    assertThat(done).hasSize(70);
    double likeliest = 1 - Math.log(Math.E + 3);
    assertThat(done.get(69).text()).isEqualTo("bc");
    assertThat(done.get(69).tokens()).extracting(Token::text).containsExactly("b", "c");
    assertThat(done.get(69).tokens().get(0).likeliest())
        .extracting(Alternative::text)
        .containsExactly("b", "a");
    assertThat(done.get(69).isStopped()).isFalse();
    assertThat(done.get(69).logProbability()).isCloseTo(2 * likeliest, within(1e-6));
  }

  /** What could become the stop is told once it can't any more. */
  @ParameterizedTest
  @CsvSource({
    "xyz, 9, 'bc🐍abc🐍ab'",
    "🐍, 9, bc",
    "ca, 9, 'bc🐍abc🐍ab'",
    "c🐍ab, 9, b",
    "'c🐍b|🐍ab', 9, bc",
    "c🐍x, 3, 'bc🐍'",
    "b, 9, ''"
  })
  void endsBeforeTheFirstStop(String stops, int length, String expected) {
    StringBuilder text = new StringBuilder();
    new Sampling(
            new NextInLine().model,
            ABC,
            Ending.after(length).orBefore(List.of(stops.split("\\|"))),
            Sampling.TEXT_ALONE,
            number -> Choice.GREEDY)
        .write("a", 1, (number, more) -> text.append(more));
    assertThat(text).hasToString(expected);
  }

  private static List<String> written(Tokenizer tokenizer, int length, String text) {
    RecurrentModel model = Mockito.mock(RecurrentModel.class);
    Mockito.when(model.newSession(1)).thenReturn(Mockito.mock(Session.class));
    Iterator<Integer> ids = Arrays.stream(tokenizer.encode(text)).iterator();
    List<String> written = new ArrayList<>();
    new Sampling(
            model,
            tokenizer,
            Ending.after(length),
            Sampling.TEXT_ALONE,
            number -> logits -> ids.next())
        .write("b", 1, (i, more) -> written.add(more));
    return written;
  }

  /** Tokens may be parts of characters; readers are told of whole ones alone. */
  @Test
  void bytesAreCountedAndWholeCharactersTold() {
    assertThat(written(new ByteTokenizer(), 8, "a🐍b🐍")).containsExactly("a", "🐍", "b", "\uFFFD");
    assertThat(written(new ByteTokenizer(), 6, "a🐍b🐍")).containsExactly("a", "🐍", "b");
  }

  @Test
  void otherTokensCountTheCharactersThatTheyMake() {
    Tokenizer bytes = Tokenizer.of("bpe", false, "");
    assertThat(written(bytes, 3, "a🐍b🐍")).containsExactly("a", "🐍", "b");
    Tokenizer words = Tokenizer.of("word", true, "two\nĠ\nwords");
    assertThat(written(words, 9, "two words")).containsExactly("two", " ", "words");
    assertThat(written(words, 6, "two words")).containsExactly("two", " ", "wo");
  }

  @Test
  void whatStandsForTheUnknownIsNeverWritten() {
    Tokenizer words = Tokenizer.of("word", true, "a\nb");
    assertThat(written(words, 1, "a")).containsExactly("a");
    RecurrentModel model = Mockito.mock(RecurrentModel.class);
    Session session = Mockito.mock(Session.class);
    Mockito.when(model.newSession(1)).thenReturn(session);
    Mockito.doAnswer(
            call -> {
              System.arraycopy(new float[] {9, 1, 2}, 0, call.getArgument(1), 0, 3);
              return null;
            })
        .when(session)
        .next(Mockito.any(), Mockito.any());
    StringBuilder text = new StringBuilder();
    new Sampling(model, words, Ending.after(3), Sampling.TEXT_ALONE, number -> Choice.GREEDY)
        .write("a", 1, (number, more) -> text.append(more));
    assertThat(text).hasToString("bbb");
  }

  @Test
  void tellsTheChoiceWhatTheTextHas() {
    List<Integer> told = new ArrayList<>();
    Choice notes =
        new Choice() {
          @Override
          public int choose(float[] logits) {
            return Choice.GREEDY.choose(logits);
          }

          @Override
          public void read(int id) {
            told.add(id);
          }
        };
    write(new NextInLine().model, "ca", 3, notes);
    assertThat(told).containsExactly(2, 0, 1, 2);
  }

  @Test
  void greedyTakesTheFirstOfEquals() {
    assertThat(Choice.GREEDY.choose(new float[] {1, 3, 3, 2})).isEqualTo(1);
  }

  @Test
  void namesACharacterThatTheTokenizerDoesNotKnow() {
    Prefix.requireKnown("🐍b", ABC, "preview.prefixes", "leave it out");
    assertThatThrownBy(() -> Prefix.requireKnown("ab😀", ABC, "preview.prefixes", "leave it out"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the model does not know the character '😀' (U+1F600) of the prefix 'ab😀'; leave it out");
  }

  @Test
  void orAWord() {
    Tokenizer words = Tokenizer.of("word", true, "two\nĠ");
    assertThatThrownBy(
            () -> Prefix.requireKnown("two words", words, "preview.prefixes", "leave it out"))
        .hasMessage(
            "the model does not know the word 'words' of the prefix 'two words'; leave it out");
  }
}
