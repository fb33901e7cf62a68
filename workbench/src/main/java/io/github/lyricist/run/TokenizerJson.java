package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.tokens.BpeTokenizer;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.tokens.WordTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokenizers of words and subwords as JSON. That of subwords is a {@code tokenizer.json} as Hugging
 * Face's library <a href="https://huggingface.co/docs/tokenizers">tokenizers</a> reads and writes
 * it.
 */
public final class TokenizerJson {
  private static final String TYPE = "type";
  private static final String MODEL = "model";

  private final String where;
  private final String whatToDo;
  private final Map<?, ?> root;

  private TokenizerJson(String where, String whatToDo, Map<?, ?> root) {
    this.where = where;
    this.whatToDo = whatToDo;
    this.root = root;
  }

  /** Whether tokenizers of this kind are kept as JSON. */
  static boolean has(String kind) {
    return kind.equals(WordTokenizer.KIND) || kind.equals(BpeTokenizer.KIND);
  }

  static boolean has(Tokenizer tokenizer) {
    return has(tokenizer.kind());
  }

  /** The JSON of a tokenizer. */
  static String of(Tokenizer tokenizer) {
    if (tokenizer instanceof BpeTokenizer bpe) {
      return JsonText.indented(json -> write(json, bpe));
    }
    WordTokenizer words = (WordTokenizer) tokenizer;
    return JsonText.object(
        json -> {
          json.writeStringField(TYPE, WordTokenizer.KIND);
          json.writeArrayFieldStart("words");
          for (String word : words.words()) {
            json.writeString(word);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, BpeTokenizer bpe) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeNullField("truncation");
    json.writeNullField("padding");
    json.writeArrayFieldStart("added_tokens");
    json.writeEndArray();
    json.writeNullField("normalizer");
    writeByteLevel(json, "pre_tokenizer");
    json.writeNullField("post_processor");
    writeByteLevel(json, "decoder");
    json.writeObjectFieldStart(MODEL);
    json.writeStringField(TYPE, "BPE");
    json.writeNullField("dropout");
    json.writeNullField("unk_token");
    json.writeNullField("continuing_subword_prefix");
    json.writeNullField("end_of_word_suffix");
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < bpe.size(); id++) {
      json.writeNumberField(bpe.spelling(id), id);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (String merge : bpe.merges()) {
      json.writeString(merge);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeByteLevel(JsonGenerator json, String name) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField(TYPE, "ByteLevel");
    json.writeBooleanField("add_prefix_space", false);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", true);
    json.writeEndObject();
  }

  /**
   * Reads JSON that someone hands us.
   *
   * @param where the file, for error messages
   * @param whatToDo about it, likewise
   * @throws InvalidInputException if it is no JSON object
   */
  public static TokenizerJson parse(String where, String whatToDo, byte[] json) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Limits.JSON_DEPTH).build())
            .build();
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      Object value = value(parser);
      if (value instanceof Map<?, ?> root && parser.nextToken() == null) {
        return new TokenizerJson(where, whatToDo, root);
      }
      throw InvalidInputException.at(where, "no JSON object", whatToDo);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw InvalidInputException.at(where, "not JSON: " + Excerpt.of(reason), whatToDo);
    }
  }

  /** The value that a parser is at: a map, a list, a text, a number, a truth value or null. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser));
      }
      return list;
    }
    if (token == null || token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (token) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> parser.getText();
    };
  }

  /**
   * The tokenizer, with our ids.
   *
   * @throws InvalidInputException if it is none of this kind that we wrote
   */
  Tokenizer requireOwn(String kind) {
    if (kind.equals(WordTokenizer.KIND)) {
      return words();
    }
    Subwords subwords = subwords();
    for (int id = 0; id < subwords.ourIds.length; id++) {
      if (subwords.ourIds[id] != id) {
        throw broken("has other ids than its merges give");
      }
    }
    return subwords.tokenizer;
  }

  private Tokenizer words() {
    List<?> words = list(root, "words");
    if (!"word".equals(root.get(TYPE))
        || words.isEmpty()
        || !WordTokenizer.UNKNOWN.equals(words.get(0))) {
      throw broken("has no words that begin with " + WordTokenizer.UNKNOWN);
    }
    List<String> known = new ArrayList<>();
    for (Object word : words.subList(1, words.size())) {
      known.add(text(word));
    }
    try {
      return WordTokenizer.of(known);
    } catch (IllegalArgumentException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A tokenizer of subwords.
   *
   * @param ourIds by the ids that the JSON has
   */
  public record Subwords(BpeTokenizer tokenizer, int[] ourIds) {}

  /**
   * The tokenizer of subwords that a {@code tokenizer.json} is.
   *
   * @throws InvalidInputException if it is not byte-level byte-pair encoding as GPT-2's
   */
  public Subwords subwords() {
    requireByteLevel();
    Map<?, ?> model = object(root, MODEL);
    if (!"BPE".equals(model.get(TYPE))) {
      throw broken("is not of byte-pair encoding: its model's type is no BPE");
    }
    List<String> merges = new ArrayList<>();
    for (Object merge : list(model, "merges")) {
      merges.add(
          merge instanceof List<?> sides && sides.size() == 2
              ? text(sides.get(0)) + " " + text(sides.get(1))
              : text(merge));
    }
    Map<?, ?> vocabulary = object(model, "vocab");
    BpeTokenizer tokenizer;
    try {
      tokenizer = BpeTokenizer.ofMerges(merges);
    } catch (IllegalArgumentException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
    if (vocabulary.size() != tokenizer.size()) {
      throw broken(
          "has %d tokens, but all bytes and its merges are %d"
              .formatted(vocabulary.size(), tokenizer.size()));
    }
    int[] ourIds = new int[tokenizer.size()];
    boolean[] taken = new boolean[ourIds.length];
    for (int id = 0; id < ourIds.length; id++) {
      Object theirs = vocabulary.get(tokenizer.spelling(id));
      if (!(theirs instanceof Long number)
          || number < 0
          || number >= taken.length
          || taken[number.intValue()]) {
        throw broken("has no id of its own for '%s'".formatted(tokenizer.spelling(id)));
      }
      taken[number.intValue()] = true;
      ourIds[number.intValue()] = id;
    }
    return new Subwords(tokenizer, ourIds);
  }

  private void requireByteLevel() {
    Map<?, ?> before = root.get("pre_tokenizer") instanceof Map<?, ?> map ? map : Map.of();
    boolean isGpt2s =
        "ByteLevel".equals(before.get(TYPE))
            && Boolean.FALSE.equals(before.get("add_prefix_space"))
            && !Boolean.FALSE.equals(before.get("use_regex"))
            && root.get("normalizer") == null;
    if (!isGpt2s) {
      throw broken(
          "cuts text in another way: expected the pre_tokenizer ByteLevel without a prefix space, and no normalizer");
    }
    if (root.get("added_tokens") instanceof List<?> added && !added.isEmpty()) {
      throw broken("has added tokens, which no text is encoded to");
    }
  }

  private Map<?, ?> object(Map<?, ?> of, String name) {
    if (of.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw broken("has no object '%s'".formatted(name));
  }

  private List<?> list(Map<?, ?> of, String name) {
    if (of.get(name) instanceof List<?> list) {
      return list;
    }
    throw broken("has no list '%s'".formatted(name));
  }

  private String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw broken("has a value that should be text");
  }

  private InvalidInputException broken(String what) {
    return InvalidInputException.at(where, what, whatToDo);
  }
}
