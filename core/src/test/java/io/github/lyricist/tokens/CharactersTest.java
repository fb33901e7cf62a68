package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTest {

  @Test
  void namesACharacterByItselfAndItsCodePoint() {
    assertThat(Characters.name("x")).isEqualTo("'x' (U+0078)");
    assertThat(Characters.name("🐍")).isEqualTo("'🐍' (U+1F40D)");
  }

  @Test
  void namesWhatCannotBeSeenByItsCodePointAlone() {
    assertThat(Characters.name("\n")).isEqualTo("U+000A");
    assertThat(Characters.name("\u3000")).isEqualTo("U+3000");
    assertThat(Characters.name("\uD83D")).isEqualTo("U+D83D");
    assertThat(Characters.name(Character.toString(0x202E))).isEqualTo("U+202E");
  }

  @Test
  void countsAPairOfSurrogatesAsOne() {
    assertThat(Characters.isOne("🐍")).isTrue();
    assertThat(Characters.isOne("\uD83D")).isTrue();
    assertThat(Characters.isOne("")).isFalse();
    assertThat(Characters.isOne("ab")).isFalse();
    assertThat(Characters.isHalf("\uD83D")).isTrue();
    assertThat(Characters.isHalf("🐍")).isFalse();
  }
}
