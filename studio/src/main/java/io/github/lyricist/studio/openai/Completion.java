package io.github.lyricist.studio.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.generation.Written;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.run.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An answer to {@code POST /v1/completions}, whole or bit by bit. */
final class Completion {
  private final String id = "cmpl-" + UUID.randomUUID();
  private final long created = Instant.now().getEpochSecond();
  private final String model;
  private final boolean isScored;

  Completion(String model, boolean isScored) {
    this.model = model;
    this.isScored = isScored;
  }

  /**
   * A text, or a bit of one.
   *
   * @param index which of the texts
   * @param offset where the tokens' text begins, in characters of the whole
   * @param reason why it ended: {@code stop} or {@code length}; null where it goes on
   */
  record Choice(int index, String text, List<Token> tokens, int offset, @Nullable String reason) {

    /** A text that is done, with what is told of its prompt. */
    static Choice of(int index, Prompt prompt, Written written) {
      List<Token> tokens = new ArrayList<>(prompt.tokens());
      int length = 0;
      for (Token token : written.tokens()) {
        if (length < written.text().length()) { // what follows is of a stop
          tokens.add(token);
        }
        length += token.text().length();
      }
      return new Choice(index, prompt.echo() + written.text(), tokens, 0, reason(written));
    }

    static String reason(Written written) {
      return written.isStopped() ? "stop" : "length";
    }
  }

  /** The object that tells of it. */
  String json(List<Choice> choices, @Nullable Usage usage) {
    return JsonText.object(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("object", "text_completion");
          json.writeNumberField("created", created);
          json.writeStringField("model", model);
          json.writeArrayFieldStart("choices");
          for (Choice choice : choices) {
            json.writeStartObject();
            json.writeStringField("text", choice.text());
            json.writeNumberField("index", choice.index());
            json.writeFieldName("logprobs");
            if (isScored) {
              write(json, choice);
            } else {
              json.writeNull();
            }
            json.writeStringField("finish_reason", choice.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (usage != null) {
            json.writeObjectFieldStart("usage");
            json.writeNumberField("prompt_tokens", usage.prompt());
            json.writeNumberField("completion_tokens", usage.completion());
            json.writeNumberField("total_tokens", usage.prompt() + usage.completion());
            json.writeEndObject();
          }
        });
  }

  private static void write(JsonGenerator json, Choice choice) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("tokens");
    for (Token token : choice.tokens()) {
      json.writeString(token.text());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("token_logprobs");
    for (Token token : choice.tokens()) {
      if (Double.isNaN(token.logProbability())) {
        json.writeNull(); // the first token of a prompt
      } else {
        json.writeNumber(token.logProbability());
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("top_logprobs");
    for (Token token : choice.tokens()) {
      json.writeStartObject();
      Map<String, Double> likeliest = new LinkedHashMap<>();
      token.likeliest().forEach(each -> likeliest.putIfAbsent(each.text(), each.logProbability()));
      if (!likeliest.isEmpty()) {
        likeliest.putIfAbsent(token.text(), token.logProbability());
      }
      for (Map.Entry<String, Double> each : likeliest.entrySet()) {
        json.writeNumberField(each.getKey(), each.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("text_offset");
    int offset = choice.offset();
    for (Token token : choice.tokens()) {
      json.writeNumber(offset);
      offset += token.text().length();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
