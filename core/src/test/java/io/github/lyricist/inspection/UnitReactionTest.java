package io.github.lyricist.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.tokens.Characters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What units react to, of what can be seen in a text. */
class UnitReactionTest {
  private static final String TEXT = "Ab, (c d)\nEf 7\n";

  @ParameterizedTest
  @CsvSource({
    "place in the line, 123456789012340",
    "place in the word, 120001010012010",
    "the end of a line, 000000000100001",
    "before the end of a line, 000000001000010",
    "a capital, 100000000010000",
    "a digit, 000000000000010",
    "inside brackets, 000011110000000",
    "a vowel, 100000000010000"
  })
  void featuresAreWhatAReaderSees(String name, String digits) {
    TextFeature feature =
        TextFeature.of(Characters.list(TEXT), character -> character == '\n').stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    StringBuilder found = new StringBuilder();
    for (float value : feature.values()) {
      found.append((int) value);
    }
    assertThat(found.toString()).isEqualTo(digits);
  }

  @Test
  void theStrongestComesFirst() {
    List<String> tokens = Characters.list("ab cd\nef gh\nab");
    float[] values = new float[tokens.size() * 3];
    for (int t = 0; t < tokens.size(); t++) {
      values[3 * t] = 0.5f; // does nothing
      values[3 * t + 1] = tokens.get(t).isBlank() ? -0.9f : 0.1f + 0.1f * (t % 2);
      values[3 * t + 2] = tokens.get(t).equals("\n") ? 1 : 0;
    }
    List<UnitReaction> reactions =
        UnitReaction.strongest(values, 3, tokens, character -> character == '\n');
    assertThat(reactions).extracting(UnitReaction::unit).containsExactly(2, 1, 0);
    assertThat(reactions.get(0).reactsTo()).isEqualTo("the end of a line");
    assertThat(reactions.get(0).correlation()).isCloseTo(1, within(1e-6));
    assertThat(reactions.get(1).reactsTo()).isEqualTo("a space");
    assertThat(reactions.get(1).correlation()).isBetween(-1.0, -0.9);
    assertThat(reactions.get(2).correlation()).isZero();
    assertThat(UnitReaction.activations(values, 3, 2)).hasSize(14).contains(1, 0);
  }
}
