package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BpeTokenizerTest {
  private static BpeTokenizer learned(String text, int size) {
    PieceCounts counts = PieceCounts.ofSubwords();
    counts.read(Characters.of(text));
    return BpeTokenizer.learn(counts, size);
  }

  /**
   * The words " low" 5 times, " lower" 2, " newest" 6, " widest" 3: the example of Sennrich, Haddow
   * and Birch (2016), with a space before each word in place of a mark after it.
   */
  @Test
  void mergesTheMostFrequentPairsFirst() {
    String text = " low".repeat(5) + " lower".repeat(2) + " newest".repeat(6) + " widest".repeat(3);
    BpeTokenizer tokenizer = learned(text, 263);
    // "e s" and "s t" both come nine times: e, at 101, is before s, at 115; a space before both.
    assertThat(tokenizer.merges())
        .containsExactly("e s", "es t", "Ġ l", "o w", "Ġl ow", "Ġ n", "e w");
    assertThat(tokenizer.encode(" newest low")).containsExactly(261, 262, 257, 260);
    assertThat(tokenizer.size()).isEqualTo(263);
  }

  /** A pair that comes once is left alone. */
  @Test
  void aShortTextGivesFewer() {
    assertThat(learned("ab ab", 300).merges()).containsExactly("a b");
    assertThat(learned("", 300).size()).isEqualTo(256);
  }

  @Test
  void pairsAreMergedFromTheLeft() {
    assertThat(learned("aaa aaa", 257).encode("aaaaa")).containsExactly(256, 256, 'a');
  }

  /** Two pairs may give one token. */
  @Test
  void aTokenIsThereOnce() {
    Tokenizer tokenizer = Tokenizer.of("bpe", false, "a b\nb c\nab c\na bc");
    assertThat(tokenizer.size()).isEqualTo(256 + 3);
    assertThat(tokenizer.encode("abc")).containsExactly(258);
    assertThat(tokenizer.decode(258)).isEqualTo("abc");
  }

  @Test
  void tokensAreShownAsTheyAreReadOrSpelled() {
    Tokenizer tokenizer = Tokenizer.of("bpe", false, "Ġ a\nå Ī\nåĪ Ĩ");
    assertThat(tokenizer.text(256)).isEqualTo(" a");
    assertThat(tokenizer.text(257)).isEqualTo("åĪ");
    assertThat(tokenizer.text(258)).isEqualTo("分");
    assertThat(tokenizer.text(0)).isEqualTo("\0");
  }

  @Test
  void aContentThatIsNoneIsRefused() {
    for (String line : List.of("a", "a b c", "ab c", "a  b", "")) {
      assertThatThrownBy(() -> Tokenizer.of("bpe", false, "a d\n" + line + "\na e"))
          .hasMessage("has '%s', which is no new pair of tokens from before".formatted(line));
    }
    assertThatThrownBy(() -> Tokenizer.of("bpe", false, "a b\na b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The algorithm as it is told: merge the earliest pair, everywhere, until there is none. */
  @Property(tries = 300)
  void encodesAsItIsTold(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append("aabc ".charAt(random.nextInt(5)));
    }
    BpeTokenizer tokenizer = learned(text.toString(), 280);
    String piece = text.toString().replace(" ", "");
    String told = " " + String.join(" ", piece.split("", -1)) + " ";
    for (String merge : tokenizer.merges()) {
      String[] sides = merge.split(" ", -1);
      StringBuilder merged = new StringBuilder();
      List<String> tokens = Arrays.asList(told.strip().split(" ", -1));
      for (int i = 0; i < tokens.size(); i++) {
        boolean both =
            i + 1 < tokens.size()
                && tokens.get(i).equals(sides[0])
                && tokens.get(i + 1).equals(sides[1]);
        merged.append(' ').append(both ? sides[0] + sides[1] : tokens.get(i));
        i += both ? 1 : 0;
      }
      told = merged + " ";
    }
    StringBuilder encoded = new StringBuilder(" ");
    for (int id : tokenizer.encode(piece)) {
      encoded.append(tokenizer.spelling(id)).append(' ');
    }
    assertThat(encoded.toString()).isEqualTo(told);
  }
}
