package io.github.lyricist.config.yaml;

import com.fasterxml.jackson.core.JsonToken;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;

/** Reads YAML text as nodes: plain data only, and bounded. */
public final class YamlReader {
  static final String PLAIN_YAML = "write plain YAML: keys, values and lists";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final Place start;
  private final PlainYamlParser parser;

  private YamlReader(Place start, String text) {
    this.start = start;
    this.text = text;
    this.parser = new PlainYamlParser(text, this::place);
  }

  /**
   * The one node of a document; an empty document is null, as YAML has it.
   *
   * @param file its name, for error messages
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Node readFile(String file, String text) {
    String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return new YamlReader(new Place(file, 1, 1), content).document();
  }

  /**
   * The value that an option of the command line gives.
   *
   * @param option as the user wrote it, for error messages
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Node readOption(String option, String text) {
    return new YamlReader(Place.ofOption(option), text).document();
  }

  private Node document() {
    requirePrintable();
    try (parser) {
      if (parser.nextToken() == null) {
        return new Scalar(start, "", true);
      }
      Node node = node(0);
      parser.nextToken(); // refuses what follows the document
      return node;
    } catch (IOException e) { // a fault that neither we nor the parser can place
      throw InvalidInputException.at(
          start.toString(), "not YAML: " + Excerpt.of(String.valueOf(e.getMessage())), PLAIN_YAML);
    }
  }

  /**
   * Refuses control characters, and line ends of YAML 1.1 that YAML 1.2 does not have: a comment
   * would end at one for some programs, and continue for others.
   */
  private void requirePrintable() {
    int line = 0;
    int column = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int character = text.codePointAt(i);
      if (!isPrintable(character)) {
        throw InvalidInputException.at(
            place(line, column).toString(),
            "the character U+%04X can't stand here as it is".formatted(character),
            "take it out, or write it in double quotes: \"\\u%04X\"".formatted(character));
      }
      boolean ended = character == '\n' || (character == '\r' && !text.startsWith("\n", i + 1));
      line += ended ? 1 : 0;
      column = ended ? 0 : column + 1;
    }
  }

  /** Whether a character may stand in a document as it is. */
  static boolean isPrintable(int character) {
    return switch (character) {
      case '\t', '\n', '\r' -> true;
      case 0x2028, 0x2029, 0xFFFE, 0xFFFF -> false;
      default ->
          (character >= ' ' && character < 0x7F)
              || (character >= 0xA0 && !(character >= 0xD800 && character < 0xE000));
    };
  }

  private Place place(Mark mark) {
    return place(mark.getLine(), mark.getColumn());
  }

  private Place place(int line, int column) {
    return start.isOption() ? start : new Place(start.origin(), line + 1, column + 1);
  }

  /**
   * The node at the current token.
   *
   * @param depth how many collections are around it
   */
  private Node node(int depth) throws IOException {
    Place place = parser.place();
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return new Scalar(place, wholeCharacters(place, parser.getText()), parser.isPlain());
    }
    if (depth == Limits.CONFIG_DEPTH) {
      throw InvalidInputException.at(
          place.toString(),
          "nested deeper than the limit of " + Limits.CONFIG_DEPTH,
          "give a configuration, as in configs/");
    }
    return token == JsonToken.START_OBJECT ? mapping(place, depth + 1) : sequence(place, depth + 1);
  }

  /** Refuses half a character, which {@code "\\uD83D"} without its other half would be. */
  private static String wholeCharacters(Place place, String value) {
    if (value.codePoints().anyMatch(c -> c >= 0xD800 && c < 0xE000)) {
      throw InvalidInputException.at(
          place.toString(),
          "there is half a surrogate pair in '" + Excerpt.of(value) + "'",
          "write both halves, or the character itself");
    }
    return value;
  }

  private Mapping mapping(Place place, int depth) throws IOException {
    Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = parser.place();
      if (entries.containsKey(key)) {
        throw InvalidInputException.at(
            keyPlace.toString(),
            "the key '%s' stands here twice".formatted(Excerpt.of(key)),
            "keep one");
      }
      parser.nextToken();
      entries.put(key, new Mapping.Entry(keyPlace, node(depth)));
    }
    return new Mapping(place, entries);
  }

  private Sequence sequence(Place place, int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth));
    }
    return new Sequence(place, items);
  }
}
