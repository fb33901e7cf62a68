package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class GeneratorTest {
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

  @Test
  void feedsThePrefixAndThenWhatItWrote() {
    NextInLine model = new NextInLine();
    String text = new Generator(model.model, ABC).generate("ca", 4, Decoding.GREEDY);
    assertThat(text).isEqualTo("bc🐍a");
    assertThat(model.read).startsWith(2, 0, 1, 2, 3);
  }

  @Test
  void lengthCountsTheCharactersAfterThePrefix() {
    assertThat(new Generator(new NextInLine().model, ABC).generate("a", 0, Decoding.GREEDY))
        .isEmpty();
  }

  @Test
  void writesSeveralTextsSideBySide() {
    List<String> written = new ArrayList<>();
    Decoding least = logits -> 0;
    new Generator(new NextInLine().model, ABC)
        .generate(
            "b", 3, List.of(Decoding.GREEDY, least), (text, more) -> written.add(text + more));
    assertThat(written).containsExactly("0c", "1a", "0🐍", "1a", "0a", "1a");
  }

  private static List<String> written(Tokenizer tokenizer, int length, String text) {
    RecurrentModel model = Mockito.mock(RecurrentModel.class);
    Mockito.when(model.newSession(1)).thenReturn(Mockito.mock(Session.class));
    Iterator<Integer> ids = Arrays.stream(tokenizer.encode(text)).iterator();
    List<String> written = new ArrayList<>();
    new Generator(model, tokenizer)
        .generate("b", length, List.of(logits -> ids.next()), (i, more) -> written.add(more));
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
    assertThat(new Generator(model, words).generate("a", 3, Decoding.GREEDY)).isEqualTo("bbb");
  }

  @Test
  void tellsTheDecodingWhatTheTextHas() {
    List<Integer> told = new ArrayList<>();
    Decoding notes =
        new Decoding() {
          @Override
          public int choose(float[] logits) {
            return Decoding.GREEDY.choose(logits);
          }

          @Override
          public void read(int id) {
            told.add(id);
          }
        };
    new Generator(new NextInLine().model, ABC).generate("ca", 3, notes);
    assertThat(told).containsExactly(2, 0, 1, 2);
  }

  @Test
  void greedyTakesTheFirstOfEquals() {
    assertThat(Decoding.GREEDY.choose(new float[] {1, 3, 3, 2})).isEqualTo(1);
  }

  @Test
  void namesACharacterThatTheTokenizerDoesNotKnow() {
    Generator.requireKnown("🐍b", ABC, "preview.prefixes", "leave it out");
    assertThatThrownBy(
            () -> Generator.requireKnown("ab😀", ABC, "preview.prefixes", "leave it out"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the model does not know the character '😀' (U+1F600) of the prefix 'ab😀'; leave it out");
  }

  @Test
  void orAWord() {
    Tokenizer words = Tokenizer.of("word", true, "two\nĠ");
    assertThatThrownBy(
            () -> Generator.requireKnown("two words", words, "preview.prefixes", "leave it out"))
        .hasMessage(
            "the model does not know the word 'words' of the prefix 'two words'; leave it out");
  }
}
