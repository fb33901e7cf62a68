package io.github.lyricist.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintTest {

  /** Told in pieces of every size, what it says is the same. */
  private static @Nullable Constraint after(Constraint begun, String text, int size) {
    Constraint at = begun;
    for (int from = 0; from < text.length() && at != null; from += size) {
      at = at.after(text.substring(from, Math.min(text.length(), from + size)));
    }
    return at;
  }

  @ParameterizedTest
  @CsvSource({
    "'', xxabxx, false",
    "'', xxaxbx, true",
    "a, bxx, false",
    "ab, xx, true",
    "'', 爱, false",
    "'', xcde, false",
    "'', cd, true"
  })
  void bannedTextsStandNowhereBehindThePrefix(String prefix, String text, boolean isAllowed) {
    for (int size = 1; size <= text.length(); size++) {
      Constraint banned = BannedTexts.after(prefix, List.of("ab", "爱", "cde"));
      assertThat(after(banned, text, size) != null).as("size %d", size).isEqualTo(isAllowed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', xabxcd, true",
    "'', xabxc, false",
    "a, bcd, true",
    "cd, ab, true",
    "'', '', false"
  })
  void requiredTextsAllStandSomewhere(String prefix, String text, boolean isMet) {
    for (int size = 1; size <= text.length() + 1; size++) {
      Constraint required = after(RequiredTexts.after(prefix, List.of("ab", "cd")), text, size);
      assertThat(required != null && required.isMet()).as("size %d", size).isEqualTo(isMet);
    }
  }

  @Test
  void aLengthCountsCharactersOrBytes() {
    Constraint characters = new Length(2, false).after("爱");
    assertThat(characters).isEqualTo(new Length(1, false));
    assertThat(new Length(2, false).after("爱🐍")).isEqualTo(new Length(0, false));
    assertThat(new Length(0, false).isEnd()).isTrue();
    assertThat(new Length(2, false).after("abc")).isNull();
    assertThat(new Length(4, true).after("爱")).isEqualTo(new Length(1, true));
    assertThat(new Length(2, true).after("爱")).isNull();
  }

  @Test
  void aStopEndsATextBeforeIt() {
    StopTexts stops = StopTexts.of(List.of("ab", "c"));
    assertThat(stops.after("xa").isEnd()).isFalse();
    assertThat(stops.after("xa").after("b").isEnd()).isTrue();
    assertThat(stops.after("xcy").isEnd()).isTrue();
    assertThat(stops.cut("xxcyab")).isEqualTo("xx");
    assertThat(stops.cut("xxabyc")).isEqualTo("xx");
    assertThat(stops.cut("xxa")).isEqualTo("xxa");
    assertThat(stops.begun("xxa")).isEqualTo(1);
    assertThat(stops.begun("xxab")).isZero();
  }

  @Test
  void theFirstThatRefusesIsNamed() {
    Constraints all =
        new Constraints(
            List.of(
                BannedTexts.after("", List.of("b")),
                RequiredTexts.after("", List.of("a")),
                new Length(2, false)));
    List<Integer> refused = new ArrayList<>();
    assertThat(all.after("b", refused::add)).isNull();
    assertThat(all.after("xxx", refused::add)).isNull();
    // An end that leaves a wish open is none.
    assertThat(all.after("xx", refused::add)).isNull();
    assertThat(refused).containsExactly(0, 2, 1);
    Constraints done = all.after("xa", refused::add);
    assertThat(done != null && done.isEnd()).isTrue();
    assertThat(all.after("", refused::add)).isSameAs(all);
  }
}
