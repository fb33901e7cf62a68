package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubwordPiecesTest {
  /** As GPT-2's encoder.py has it. */
  private static final Pattern GPT2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    new SubwordPieces().forEach(text, pieces::add);
    return pieces;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "Z", "é", "分", "𠮷", "1", "Ⅷ", "½", "'s", "'", "re", "'ll", " ", "  ", "\n", "\t",
            "\u00A0", "\u3000", "\u2028", "\u0085", ".", "—", "😀", "e\u0301", "\u200D", "_")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 5000)
  void arePiecesOfThePattern(@ForAll("texts") String text) {
    assertThat(pieces(text))
        .isEqualTo(GPT2.matcher(text).results().map(MatchResult::group).toList());
  }

  @Test
  void aWordHasTheSpaceBeforeIt() {
    assertThat(pieces("Don't  go,\n 42 times"))
        .containsExactly("Don", "'t", " ", " go", ",", "\n", " 42", " times");
  }

  /** However the windows lie. */
  @Test
  void areTheSameInALongText() {
    String line = "It's a long, long way: 42 miles\n\n  to 分开. ";
    for (int shift = 0; shift < line.length(); shift++) {
      String text = "x".repeat(shift) + line.repeat(4000);
      assertThat(pieces(text))
          .isEqualTo(GPT2.matcher(text).results().map(MatchResult::group).toList());
    }
  }

  @Test
  void onePieceLongerThanAWindowIsCut() {
    String text = "a".repeat(100_000) + " b";
    assertThat(pieces(text).stream().map(String::length)).containsExactly(65_536, 34_464, 2);
  }
}
