package io.github.lyricist.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarKindTest {
  private static Scalar plain(String text) {
    return new Scalar(new Place("c.yaml", 1, 1), text, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nulls(String text) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.NULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", "false", "False", "FALSE"})
  void flags(String text) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.FLAG);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "+12, 12",
    "-12, -12",
    "007, 7",
    "0o17, 15",
    "0x1F, 31",
    "0xff, 255",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void wholeNumbers(String text, long value) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.INTEGER);
    assertThat(plain(text).wholeNumber()).isEqualTo(value);
    assertThat(plain(text).number()).isEqualTo((double) value);
  }

  @ParameterizedTest
  @CsvSource({"1e-3, 0.001", "1.5, 1.5", "1., 1", ".5, 0.5", "-1.0E+2, -100", "1.0E-8, 1e-8"})
  void numbers(String text, double value) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.NUMBER);
    assertThat(plain(text).number()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {".inf", "-.inf", "+.INF", ".nan", ".NaN"})
  void numbersWithoutAValue(String text) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.NUMBER);
    assertThatThrownBy(() -> plain(text).number()).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "off",
        "yes",
        "on",
        "y",
        "n",
        "tRUE",
        "nULL",
        "1_000",
        "0_",
        "0b11",
        "1:30",
        "0o8",
        "0xG",
        "-0x1F",
        "+0o7",
        "1e",
        "e3",
        ".",
        "+",
        "-",
        "-.nan",
        ".infinity",
        "NaN",
        "Infinity",
        "1d",
        "0x1p3",
        "2001-01-01",
        "<<",
        "=",
        "分开",
        " 1",
        "1 ",
        "1\n"
      })
  void allElseIsText(String text) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "0x8000000000000000", "0o7777777777777777777777"})
  void wholeNumbersBeyond64Bits(String text) {
    assertThat(ScalarKind.ofPlain(text)).isEqualTo(ScalarKind.INTEGER);
    assertThatThrownBy(() -> plain(text).wholeNumber()).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void quotesMakeText() {
    assertThat(new Scalar(new Place("c.yaml", 1, 1), "12", false).kind())
        .isEqualTo(ScalarKind.TEXT);
  }

  @Test
  void aVeryLongScalarIsNoTroubleForThePatterns() {
    assertThat(ScalarKind.ofPlain("1".repeat(1_000_000))).isEqualTo(ScalarKind.INTEGER);
    assertThat(ScalarKind.ofPlain("1:".repeat(500_000))).isEqualTo(ScalarKind.TEXT);
    assertThat(ScalarKind.ofPlain("分开\n".repeat(300_000))).isEqualTo(ScalarKind.TEXT);
  }
}
