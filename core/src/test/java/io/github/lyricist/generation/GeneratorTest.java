package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class GeneratorTest {
  private static final Vocabulary ABC = Vocabulary.of('a', 'b', 'c', 0x1F40D);

  /** Always predicts the next character of the vocabulary, and notes what it read. */
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
            "b",
            3,
            List.of(Decoding.GREEDY, least),
            (text, codePoint) -> written.add(text + Character.toString(codePoint)));
    assertThat(written).containsExactly("0c", "1a", "0🐍", "1a", "0a", "1a");
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
  void namesACharacterThatTheVocabularyLacks() {
    Generator.requireKnown("🐍b", ABC, "preview.prefixes");
    assertThatThrownBy(() -> Generator.requireKnown("ab😀", ABC, "preview.prefixes"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'😀' (U+1F600)");
  }
}
