package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTokenizerTest {
  private static final String TEXT = "the cat and the dog, and the bird";

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    new WordPieces().forEach(text, pieces::add);
    return pieces;
  }

  private static WordTokenizer learned(String text, int most, long minCount) {
    PieceCounts counts = PieceCounts.ofWords();
    counts.read(Characters.of(text));
    return WordTokenizer.learn(counts, most, minCount);
  }

  @Test
  void cutsAsTheStandardSays() {
    assertThat(pieces("I can't: 3.14\r\n«no»"))
        .containsExactly("I", " ", "can't", ":", " ", "3.14", "\r\n", "«", "no", "»");
    assertThat(pieces("我们分开了")).containsExactly("我们", "分开", "了");
  }

  /** However the windows lie, as long as there is a space or line end in each. */
  @Test
  void cutsALongTextTheSame() {
    for (String line : List.of("It's a long way\n", "我们分开了 他说 ", "a ' b", "x. Yes")) {
      List<String> once = pieces(line.repeat(1000));
      List<String> longer = pieces(line.repeat(20_000));
      assertThat(longer.subList(0, once.size() - 5)).isEqualTo(once.subList(0, once.size() - 5));
      assertThat(String.join("", longer)).isEqualTo(line.repeat(20_000));
      assertThat(longer.size()).isBetween(20 * once.size() - 40, 20 * once.size() + 40);
    }
  }

  @Test
  void theMostFrequentComeFirst() {
    assertThat(learned(TEXT, 100, 1).words())
        .containsExactly("<unk>", " ", "the", "and", ",", "bird", "cat", "dog");
    assertThat(learned(TEXT, 4, 1).words()).containsExactly("<unk>", " ", "the", "and");
    assertThat(learned(TEXT, 100, 2).words()).containsExactly("<unk>", " ", "the", "and");
  }

  @Test
  void otherWordsAreUnknown() {
    Tokenizer tokenizer = learned(TEXT, 100, 2);
    assertThat(tokenizer.encode("the owl and")).containsExactly(2, 1, 0, 1, 3);
    assertThat(tokenizer.decode(2, 1, 0)).isEqualTo("the <unk>");
    assertThat(tokenizer.unknown("the owl, the")).containsExactly("owl", ",");
    assertThat(tokenizer.known("the owl, the")).isEqualTo("the  the");
    assertThat(tokenizer.unknownId()).hasValue(0);
  }

  @Test
  void newWordsFollowThoseThatThereAre() {
    PieceCounts counts = PieceCounts.ofWords();
    counts.read(Characters.of("an owl and an owl"));
    WordTokenizer tokenizer = learned(TEXT, 100, 2);
    assertThat(tokenizer.grown(counts, 100, 2).words())
        .containsExactly("<unk>", " ", "the", "and", "an", "owl");
    assertThat(tokenizer.grown(counts, 5, 2).words())
        .containsExactly("<unk>", " ", "the", "and", "an");
    assertThat(tokenizer.grown(counts, 2, 1).words()).isEqualTo(tokenizer.words());
  }

  @Test
  void aContentThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Tokenizer.of("word", true, "a\nb\na")).hasMessage("has 'a' twice");
    assertThatThrownBy(() -> Tokenizer.of("word", true, "a\n\nb")).hasMessage("has an empty word");
    assertThatThrownBy(() -> Tokenizer.of("word", true, "分"))
        .hasMessage("has '分' (U+5206), which stands for no byte");
    assertThatThrownBy(() -> Tokenizer.of("letters", true, "a"))
        .hasMessage("is of an unknown kind");
  }
}
