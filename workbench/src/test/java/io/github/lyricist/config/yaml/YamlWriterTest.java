package io.github.lyricist.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {
  private static Scalar readBack(@Nullable Object value) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("list", Arrays.asList(value, "next"));
    tree.put("key", value);
    Mapping root = (Mapping) YamlReader.readFile("c.yaml", YamlWriter.write(tree));
    Scalar listed = (Scalar) ((Sequence) Objects.requireNonNull(root.get("list"))).items().get(0);
    Scalar read = (Scalar) Objects.requireNonNull(root.get("key"));
    assertThat(listed.text()).isEqualTo(read.text());
    assertThat(listed.kind()).isEqualTo(read.kind());
    return read;
  }

  @Test
  void oneKeyALineWithoutAMarker() {
    Map<String, @Nullable Object> section = new LinkedHashMap<>();
    section.put("flag", true);
    section.put("rate", 1e-8);
    section.put("nothing", null);
    section.put("texts", List.of("分开", "The ", "12", "no"));
    section.put("none", List.of());
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("seed", 9_000_000_000L);
    tree.put("section", section);
    tree.put("source", "/a b/词.zip!/x.txt");
    assertThat(YamlWriter.write(tree))
        .isEqualTo(
            """
            seed: 9000000000
            section:
              flag: true
              rate: 1.0E-8
              nothing: null
              texts:
              - 分开
              - 'The '
              - "12"
              - "no"
              none: []
            source: /a b/词.zip!/x.txt
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "~",
        "no",
        "off",
        "true",
        "123",
        "1_000",
        "0o17",
        "0x1F",
        "1e-3",
        ".inf",
        "<<",
        "=",
        "The ",
        " The",
        "a: b",
        "a:",
        "a #b",
        "#",
        "- a",
        "-",
        "?",
        "? a",
        "[a",
        "{a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'",
        "\"",
        "'\"",
        "\\",
        "a\nb",
        "\n",
        "a\n",
        "\na",
        " \n ",
        "a\r\nb",
        "\r",
        "\t",
        "a\tb",
        "---",
        "...",
        "--- a",
        "😀",
        "分开",
        "a, b",
        "\u0000",
        "\u0007",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "\uFFFE",
        "\uD83D\uDE00",
        "http://x/y#z"
      })
  void textIsReadBackAsTheSame(String text) {
    Scalar read = readBack(text);
    assertThat(read.text()).isEqualTo(text);
    assertThat(read.kind()).isEqualTo(ScalarKind.TEXT);
  }

  @Test
  void longTextStaysOnItsLine() {
    String text = "so long a line ".repeat(1000) + "end";
    assertThat(YamlWriter.write(Map.of("a", text))).isEqualTo("a: " + text + "\n");
  }

  @Property(tries = 2000)
  void anyTextIsReadBackAsTheSame(@ForAll("texts") String text) {
    Scalar read = readBack(text);
    assertThat(read.text()).isEqualTo(text);
    assertThat(read.kind()).isEqualTo(ScalarKind.TEXT);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .all()
            .ofMaxLength(20)
            .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000)),
        Arbitraries.strings()
            .withChars("a:- #\n\r\t'\"\\[]{},&*!|>%@`?.0123456789_xeE+~<=")
            .ofMaxLength(8));
  }

  @Property(tries = 500)
  void numbersAreReadBackAsTheSame(@ForAll double number, @ForAll long whole) {
    assertThat(readBack(number).number()).isEqualTo(number);
    assertThat(readBack(whole).wholeNumber()).isEqualTo(whole);
    assertThat(readBack(null).isNull()).isTrue();
    List<@Nullable Object> flags = new ArrayList<>(List.of(true, false));
    flags.forEach(flag -> assertThat(readBack(flag).kind()).isEqualTo(ScalarKind.FLAG));
  }
}
