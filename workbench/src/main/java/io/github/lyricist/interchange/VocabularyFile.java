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
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.run.TokenizerJson;
import io.github.lyricist.run.TokenizerJson.Subwords;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.tokens.WordTokenizer;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A vocabulary as JSON. Of characters or words in any of the forms that Python's {@code json.dump}
 * leaves: a list of them in the order of their ids, {@code ["\n", "a"]}; an object of ids by token,
 * {@code {"\n": 0, "a": 1}}; or one of tokens by id, {@code {"0": "\n", "1": "a"}}. Of subwords a
 * {@code tokenizer.json}; of bytes none.
 */
final class VocabularyFile {
  private static final String WHAT_TO_DO =
      "give a JSON list of the %1$ss in the order of their ids, or an object of ids by %1$s, or of"
          + " %1$ss by id";
  private static final String GIVE_TOKENIZER =
      "give the tokenizer.json that the model was trained with, of byte-level byte-pair encoding";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Tokens tokens;
  private final String whatToDo;
  private final Map<Integer, String> characters = new HashMap<>(); // by id
  private final Set<String> seen = new HashSet<>();

  private VocabularyFile(Path file, Tokens tokens) {
    this.file = file;
    this.tokens = tokens;
    this.whatToDo = WHAT_TO_DO.formatted(tokens);
  }

  /**
   * Reads and checks a vocabulary.
   *
   * @param file null for bytes, which need none
   * @param tokens what its tokens are
   * @throws InvalidInputException if it is none
   * @throws RunFailedException if reading fails
   */
  static TokenTable read(@Nullable Path file, Tokens tokens) {
    if (tokens == Tokens.BYTE) {
      Tokenizer bytes = new ByteTokenizer();
      return new TokenTable(bytes, IntStream.range(0, bytes.size()).toArray());
    }
    if (file == null) {
      throw InvalidInputException.at(
          "--vocabulary", "only bytes need none", "name the file that says what each token id is");
    }
    if (tokens == Tokens.BPE) {
      byte[] json = BoundedFile.bytes(file, Limits.TOKENIZER_BYTES, GIVE_TOKENIZER);
      Subwords subwords = TokenizerJson.parse(file.toString(), GIVE_TOKENIZER, json).subwords();
      return new TokenTable(subwords.tokenizer(), subwords.ourIds());
    }
    return new VocabularyFile(file, tokens).read();
  }

  private TokenTable read() {
    // Without a table of names, of which there may be a million, all different.
    JsonFactory json =
        JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
    try (Reader text = text();
        JsonParser parser = json.createParser(text)) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : ":%d:%d".formatted(at.getLineNr(), at.getColumnNr());
      throw InvalidInputException.at(
          file + where,
          "it is not JSON: "
              + Excerpt.of(
                  e.getOriginalMessage()
                      .replaceFirst("(?s)(: was expecting| \\(start marker at ).*", "")),
          whatToDo);
    } catch (CharacterCodingException e) {
      throw InvalidInputException.at(file.toString(), "not UTF-8", whatToDo);
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    }
  }

  /** Read as it comes, so that one that is wrong early on is refused before memory is taken. */
  private Reader text() throws IOException {
    BoundedFile.requireRegular(file, whatToDo);
    if (Files.size(file) > Limits.VOCABULARY_BYTES) {
      throw InvalidInputException.at(
          file.toString(),
          "larger than the limit of " + Bytes.text(Limits.VOCABULARY_BYTES),
          whatToDo);
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
              "'%s' is neither an id nor a %s".formatted(Excerpt.of(parser.getText()), tokens));
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
          "token %d is '%s', not a %s".formatted(id, Excerpt.of(parser.getText()), tokens));
    }
    return parser.getText();
  }

  private void put(String idText, String character) {
    if (!idText.matches("0|[1-9]\\d{0,8}")) {
      throw refusal("'%s' is no token id".formatted(Excerpt.of(idText)));
    }
    if (tokens == Tokens.WORD ? character.isEmpty() : !Characters.isOne(character)) {
      throw refusal(
          "token %s is '%s', not one %s"
              .formatted(Excerpt.of(idText), Excerpt.of(character), tokens));
    }
    if (Characters.isOne(character) && Characters.isHalf(character)) {
      throw refusal(
          "token %s is half of a character, %s".formatted(idText, Characters.name(character)));
    }
    if (characters.put(Integer.parseInt(idText), character) != null) {
      throw refusal("the id %s is there twice".formatted(idText));
    }
    if (!seen.add(character)) {
      throw refusal(
          "the %s %s is there twice"
              .formatted(
                  tokens,
                  tokens == Tokens.WORD
                      ? "'%s'".formatted(Excerpt.of(character))
                      : Characters.name(character)));
    }
  }

  private TokenTable table() {
    if (characters.isEmpty()) {
      throw refusal("it is empty");
    }
    List<String> inOrder = new ArrayList<>();
    for (int id = 0; id < characters.size(); id++) {
      String character = characters.get(id);
      if (character == null) {
        throw refusal("of its %d ids, %d is missing".formatted(characters.size(), id));
      }
      inOrder.add(character);
    }
    return tokens == Tokens.WORD ? ofWords(inOrder) : ofCharacters(inOrder);
  }

  private static TokenTable ofCharacters(List<String> inOrder) {
    String all = String.join("", inOrder);
    Tokenizer tokenizer = CharacterTokenizer.of(all);
    return new TokenTable(tokenizer, tokenizer.encode(all));
  }

  private TokenTable ofWords(List<String> inOrder) {
    int unknown = inOrder.indexOf(WordTokenizer.UNKNOWN);
    if (unknown < 0) {
      throw refusal("it has no " + WordTokenizer.UNKNOWN + ", which stands for all other words");
    }
    List<String> known = new ArrayList<>(inOrder);
    known.remove(unknown);
    int[] ourIds =
        IntStream.range(0, inOrder.size())
            .map(id -> id == unknown ? 0 : id < unknown ? id + 1 : id)
            .toArray();
    return new TokenTable(WordTokenizer.of(known), ourIds);
  }

  private InvalidInputException refusal(String what) {
    return InvalidInputException.at(file.toString(), "broken vocabulary: " + what, whatToDo);
  }
}
