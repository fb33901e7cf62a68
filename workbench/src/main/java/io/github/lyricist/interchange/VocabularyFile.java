package io.github.lyricist.interchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lyricist.BoundedFile;
import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A vocabulary as JSON, in any of the forms that Python's {@code json.dump} leaves: a list of the
 * characters in the order of their ids, {@code ["\n", "a"]}; an object of ids by character, {@code
 * {"\n": 0, "a": 1}}; or one of characters by id, {@code {"0": "\n", "1": "a"}}.
 */
final class VocabularyFile {
  private static final String WHAT_TO_DO =
      "give a JSON list of the characters in the order of their ids, or an object of ids by"
          + " character, or of characters by id";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Map<Integer, String> characters = new HashMap<>(); // by id
  private final Set<String> seen = new HashSet<>();

  private VocabularyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads and checks a vocabulary.
   *
   * @throws InvalidInputException if it is none
   * @throws RunFailedException if reading fails
   */
  static TokenTable read(Path file) {
    VocabularyFile vocabulary = new VocabularyFile(file);
    // Without a table of names, of which there may be a million, all different.
    JsonFactory json =
        JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
    try (Reader text = vocabulary.text();
        JsonParser parser = json.createParser(text)) {
      return vocabulary.parse(parser);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : ":%d:%d".formatted(at.getLineNr(), at.getColumnNr());
      throw InvalidInputException.at(
          file + where,
          "it is not JSON: "
              + Excerpt.of(
                  e.getOriginalMessage()
                      .replaceFirst("(?s)(: was expecting| \\(start marker at ).*", "")),
          WHAT_TO_DO);
    } catch (CharacterCodingException e) {
      throw InvalidInputException.at(file.toString(), "not UTF-8", WHAT_TO_DO);
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    }
  }

  /** Read as it comes, so that one that is wrong early on is refused before memory is taken. */
  private Reader text() throws IOException {
    BoundedFile.requireRegular(file, WHAT_TO_DO);
    if (Files.size(file) > Limits.VOCABULARY_BYTES) {
      throw InvalidInputException.at(
          file.toString(),
          "larger than the limit of " + Bytes.text(Limits.VOCABULARY_BYTES),
          WHAT_TO_DO);
    }
    Reader text = Files.newBufferedReader(file, UTF_8);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private TokenTable parse(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      for (int id = 0; parser.nextToken() != JsonToken.END_ARRAY; id++) {
        put(Integer.toString(id), character(parser, id));
      }
    } else if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          put(key, parser.getText());
        } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
          put(parser.getText(), key);
        } else {
          throw refusal(
              "'%s' is neither an id nor a character".formatted(Excerpt.of(parser.getText())));
        }
      }
    } else {
      throw refusal("it is neither a list nor an object");
    }
    if (parser.nextToken() != null) {
      throw refusal("something follows the vocabulary");
    }
    return table();
  }

  private String character(JsonParser parser, int id) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw refusal(
          "token %d is '%s', not a character".formatted(id, Excerpt.of(parser.getText())));
    }
    return parser.getText();
  }

  private void put(String idText, String character) {
    if (!idText.matches("0|[1-9]\\d{0,8}")) {
      throw refusal("'%s' is no token id".formatted(Excerpt.of(idText)));
    }
    if (!Characters.isOne(character)) {
      throw refusal(
          "token %s is '%s', not one character"
              .formatted(Excerpt.of(idText), Excerpt.of(character)));
    }
    if (Characters.isHalf(character)) {
      throw refusal(
          "token %s is half of a character, %s".formatted(idText, Characters.name(character)));
    }
    if (characters.put(Integer.parseInt(idText), character) != null) {
      throw refusal("the id %s is there twice".formatted(idText));
    }
    if (!seen.add(character)) {
      throw refusal("the character %s is there twice".formatted(Characters.name(character)));
    }
  }

  private TokenTable table() {
    if (characters.isEmpty()) {
      throw refusal("it is empty");
    }
    StringBuilder inOrder = new StringBuilder();
    for (int id = 0; id < characters.size(); id++) {
      String character = characters.get(id);
      if (character == null) {
        throw refusal("of its %d ids, %d is missing".formatted(characters.size(), id));
      }
      inOrder.append(character);
    }
    return new TokenTable(inOrder.toString());
  }

  private InvalidInputException refusal(String what) {
    return InvalidInputException.at(file.toString(), "broken vocabulary: " + what, WHAT_TO_DO);
  }
}
