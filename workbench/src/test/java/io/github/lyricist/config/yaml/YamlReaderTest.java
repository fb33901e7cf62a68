package io.github.lyricist.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private static Mapping read(String yaml) {
    return (Mapping) YamlReader.readFile("c.yaml", yaml);
  }

  private static Scalar scalar(String key, String yaml) {
    return (Scalar) Objects.requireNonNull(read(yaml).get(key));
  }

  private static Place at(int line, int column) {
    return new Place("c.yaml", line, column);
  }

  private static void refuses(String yaml, String message) {
    assertThatThrownBy(() -> YamlReader.readFile("c.yaml", yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void nodesKnowTheirPlaces() {
    Mapping root = read("# a comment\na: 1\nb:\n  c: ['x', y]\n");
    assertThat(root.place()).isEqualTo(at(2, 1));
    assertThat(root.get("a")).isEqualTo(new Scalar(at(2, 4), "1", true));
    Mapping.Entry b = Objects.requireNonNull(root.entries().get("b"));
    assertThat(b.place()).isEqualTo(at(3, 1));
    assertThat(b.value().place()).isEqualTo(at(4, 3));
    assertThat(((Mapping) b.value()).get("c"))
        .isEqualTo(
            new Sequence(
                at(4, 6),
                List.of(new Scalar(at(4, 7), "x", false), new Scalar(at(4, 12), "y", true))));
  }

  @Test
  void columnsCountCharacters() {
    assertThat(scalar("b", "{春😀: a, b: c}")).isEqualTo(new Scalar(at(1, 12), "c", true));
  }

  @Test
  void everythingInAnOptionStandsAtTheOption() {
    Node list = YamlReader.readOption("--set p=[a]", "[\n a]");
    assertThat(list.place()).hasToString("--set p=[a]");
    assertThat(((Sequence) list).items().get(0).place()).isEqualTo(list.place());
    assertThatThrownBy(() -> YamlReader.readOption("--set p=[a", "[a"))
        .hasMessageStartingWith("--set p=[a: not YAML: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# a comment only\n", "\uFEFF", "\n\n"})
  void anEmptyDocumentIsNull(String yaml) {
    Scalar empty = (Scalar) YamlReader.readFile("c.yaml", yaml);
    assertThat(empty.isNull()).isTrue();
    assertThat(empty.place()).isEqualTo(at(1, 1));
    assertThat(YamlReader.readFile("c.yaml", "---\n").place()).isEqualTo(at(2, 1));
  }

  @Test
  void aDocumentMayBeMarked() {
    assertThat(scalar("a", "%YAML 1.2\n---\na: 1\n...\n"))
        .isEqualTo(new Scalar(at(3, 4), "1", true));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkCountForNothing() {
    assertThat(read("\uFEFFa: 1\r\nb:\r\n- x\r\n- 'y '\r\n"))
        .isEqualTo(read("a: 1\nb:\n- x\n- 'y '\n"));
  }

  @Test
  void spacesAtTheEndCountInQuotes() {
    assertThat(read("a: The \nb: 'The '\nc: \"The \"\nd: |-\n  The \n").entries().values())
        .extracting(entry -> ((Scalar) entry.value()).text())
        .containsExactly("The", "The ", "The ", "The ");
  }

  @Test
  void scalarsOfAllStylesButPlainAreText() {
    Mapping root = read("a: 1\nb: '1'\nc: \"1\"\nd: |-\n  1\ne: >-\n  1\n");
    assertThat(root.entries().values())
        .extracting(entry -> ((Scalar) entry.value()).kind())
        .containsExactly(
            ScalarKind.INTEGER, ScalarKind.TEXT, ScalarKind.TEXT, ScalarKind.TEXT, ScalarKind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "off",
        "yes",
        "on",
        "1_000",
        "0_",
        "0b_",
        "0o17",
        "0x1F",
        "0x_",
        "1e-3",
        ".inf",
        ".nan",
        "~",
        "1:30",
        "190:20:30",
        "2001-12-14t21:59:43.10-05:00",
        "<<",
        "=",
        "0x",
        "+",
        "-1_"
      })
  void theTextOfAScalarIsAsWritten(String text) {
    assertThat(scalar("a", "a: " + text + "\nb: 1")).isEqualTo(new Scalar(at(1, 4), text, true));
    assertThat(scalar("a", "a: '" + text + "'")).isEqualTo(new Scalar(at(1, 4), text, false));
  }

  @Test
  void longScalarsAndNumbersAreReadWhole() {
    for (String text : List.of("x".repeat(500_000), "1".repeat(500_000), "0x" + "1".repeat(1015))) {
      assertThat(scalar("a", "a: " + text)).isEqualTo(new Scalar(at(1, 4), text, true));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: &x 1 | c.yaml:1:4: an anchor, &x, is not allowed here",
        "a: &x {b: 1} | c.yaml:1:4: an anchor, &x, is not allowed here",
        "a: [&x [1]] | c.yaml:1:5: an anchor, &x, is not allowed here",
        "a: {&x b: 1} | c.yaml:1:5: an anchor, &x, is not allowed here",
        "a: *x | c.yaml:1:4: an alias, *x, is not allowed here",
        "a: [b, *x] | c.yaml:1:8: an alias, *x, is not allowed here",
        "a: {*x : 1} | c.yaml:1:5: an alias, *x, is not allowed here",
        "a: {<<: *x} | c.yaml:1:9: an alias, *x, is not allowed here",
        "a: !!str b | c.yaml:1:4: a YAML tag, such as !!str, is not allowed here",
        "a: !foo b | c.yaml:1:4: a YAML tag",
        "a: ! b | c.yaml:1:4: a YAML tag",
        "a: !!map {b: 1} | c.yaml:1:4: a YAML tag",
        "a: !!seq [b] | c.yaml:1:4: a YAML tag",
        "a: {!!str b: 1} | c.yaml:1:5: a YAML tag",
        "a: {b: 1, !!str c: 1} | c.yaml:1:11: a YAML tag",
        "a: !!binary aGk= | c.yaml:1:4: a YAML tag",
        "{{a: 1}: 2} | c.yaml:1:2: a key is a mapping or a list, not text",
        "{[a]: 2} | c.yaml:1:2: a key is a mapping or a list, not text",
        "{a: 1, b: 2, a: 3} | c.yaml:1:14: the key 'a' stands here twice; keep one",
        "{a: {b: 1, b: 2}} | c.yaml:1:12: the key 'b' stands here twice; keep one",
        "{a: 1, 'a': 2} | c.yaml:1:8: the key 'a' stands here twice; keep one",
        "a: [b | c.yaml:1:",
        "a: 'b | c.yaml:1:6: not YAML: ",
        "a: b: c | c.yaml:1:5: not YAML: ",
        "a: @b | c.yaml:1:4: not YAML: ",
      })
  void refusesWhatIsNotPlainData(String yaml, String message) {
    refuses(yaml, message);
  }

  @Test
  void refusesDuplicateKeysInBlocks() {
    refuses("a: 1\nb: 2\na: 3\n", "c.yaml:3:1: the key 'a' stands here twice; keep one");
    refuses("a:\n  b: 1\n  b: 2\n", "c.yaml:3:3: the key 'b' stands here twice; keep one");
  }

  @ParameterizedTest
  @CsvSource({
    "'a: 1\n---\nb: 2\n', 2",
    "'a: 1\n---\n', 2",
    "'a: 1\n...\n---\nb: 2\n', 3",
    "'---\na: 1\n--- x\n', 3"
  })
  void refusesASecondDocument(String yaml, int line) {
    refuses(yaml, "c.yaml:" + line + ":1: a second document begins here; give one document");
  }

  @Test
  void refusesTabsThatIndent() {
    refuses("a:\n\tb: 1", "c.yaml:2:1: not YAML: ");
    refuses("a: 1\n\tb: 1", "c.yaml:2:1: not YAML: ");
    assertThat(scalar("a", "a: b\tc")).isEqualTo(new Scalar(at(1, 4), "b\tc", true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE})
  void refusesControlCharactersAsTheyAre(int character) {
    String code = "U+%04X".formatted(character);
    refuses(
        "a: 1\r\nb: 春" + Character.toString(character) + "c",
        "c.yaml:2:5: the character " + code + " can't stand here as it is; take it out");
    String escaped = "a: \"\\u%04X\"".formatted(character);
    assertThat(scalar("a", escaped).text()).isEqualTo(Character.toString(character));
  }

  @Test
  void refusesHalfACharacter() {
    refuses("a: 1\nb: \"x\\ud83d\"", "c.yaml:2:4: there is half a surrogate pair in 'x");
    refuses("a: \uD83D", "c.yaml:1:4: the character U+D83D can't stand here as it is");
    assertThat(read("a: \"\\ud83d\\ude00\"").get("a")).isEqualTo(new Scalar(at(1, 4), "😀", false));
  }

  @Test
  void boundsTheDepth() {
    int limit = Limits.CONFIG_DEPTH;
    Node deepest = YamlReader.readFile("c.yaml", "[".repeat(limit) + "]".repeat(limit));
    for (int depth = 1; depth < limit; depth++) {
      deepest = ((Sequence) deepest).items().get(0);
    }
    assertThat(((Sequence) deepest).items()).isEmpty();
    String message = "c.yaml:1:%d: nested deeper than the limit of %d".formatted(limit + 1, limit);
    refuses("[".repeat(limit + 1) + "]".repeat(limit + 1), message);
    refuses("[".repeat(500_000), message);
    refuses("- ".repeat(limit + 1) + "x", "c.yaml:1:41: nested deeper than the limit");
  }

  @Test
  void messagesStayShort() {
    String key = "k".repeat(1000);
    refuses("{? " + key + " : 1, ? " + key + " : 2}", "c.yaml:1:");
    assertThatThrownBy(() -> read("{" + key + ": 1, " + key + ": 2}"))
        .hasMessage(
            "c.yaml:1:1007: the key '" + "k".repeat(100) + "…' stands here twice; keep one");
    assertThatThrownBy(() -> read("%YAML 1." + "9".repeat(100_000) + "\n---\na: 1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("c.yaml:1:100009: not YAML: ")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message).hasSizeLessThan(300));
  }

  @Property(tries = 3000)
  void anyTextIsReadOrRefused(@ForAll("yamlLike") String text) {
    try {
      assertThat(YamlReader.readFile("c.yaml", text).place().line()).isPositive();
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageStartingWith("c.yaml:");
      assertThat(String.valueOf(e.getMessage())).doesNotContain("\n");
    }
  }

  @Provide
  Arbitrary<String> yamlLike() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "a",
                "b: ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                ": ",
                "\n",
                "\n  ",
                "'",
                "\"",
                "|\n",
                ">-\n",
                "#",
                " ",
                "\t",
                "&a ",
                "*a",
                "!t ",
                "!!str ",
                "---\n",
                "...\n",
                "%YAML 1.2\n",
                "%TAG ! x\n",
                "? ",
                "<<",
                "\\",
                "\\x4",
                "\\U00110000",
                "~",
                "0_",
                "0x",
                "1:30",
                "\r",
                "\uFEFF",
                "\u2028",
                "😀",
                "@",
                "`",
                "%"),
            Arbitraries.strings().all().ofMaxLength(2))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
