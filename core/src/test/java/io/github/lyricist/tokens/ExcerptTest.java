package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void whatATerminalWouldObeyIsShown() {
    assertThat(Excerpt.of("a\u001b[31mb\u0007\u009bc\u007f"))
        .isEqualTo("a\\u001b[31mb\\u0007\\u009bc\\u007f");
    assertThat(Excerpt.of("a\nb\r\nc\td")).isEqualTo("a\\nb\\r\\nc\\td");
    assertThat(Excerpt.of("a" + (char) 0x2028 + (char) 0x202E + (char) 0x2067))
        .isEqualTo("a\\u2028\\u202e\\u2067");
    assertThat(Excerpt.of("a\uD83Db\uDE00")).isEqualTo("a\\ud83db\\ude00");
    assertThat(Excerpt.of("春雨 café 👩‍🚀")).isEqualTo("春雨 café 👩‍🚀");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(Excerpt.of("😀".repeat(100))).isEqualTo("😀".repeat(100));
    assertThat(Excerpt.of("😀".repeat(101))).isEqualTo("😀".repeat(100) + "…");
  }

  @Test
  void aLineIsNotCutAndATextKeepsItsLines() {
    String text = "a\tb\u001b\n".repeat(50);
    assertThat(Excerpt.line(text)).isEqualTo("a\\tb\\u001b\\n".repeat(50));
    assertThat(Excerpt.visible(text)).isEqualTo("a\tb\\u001b\n".repeat(50));
  }
}
