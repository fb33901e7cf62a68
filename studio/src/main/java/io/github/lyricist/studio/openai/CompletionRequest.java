package io.github.lyricist.studio.openai;

import io.github.lyricist.Limits;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Ending;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Refusal;
import java.util.List;

/**
 * What a client wishes for, as {@code POST /v1/completions} of OpenAI's API has it.
 *
 * @param model its id
 * @param prompts texts to go on from
 * @param count of texts for each prompt, {@code n}
 * @param alternatives of each token, {@code logprobs}; or {@link Sampling#TEXT_ALONE}
 * @param echo whether a text begins with its prompt
 * @param stream whether it is told as it comes
 * @param isUsageTold whether a stream ends with how many tokens there were
 */
record CompletionRequest(
    String model,
    List<String> prompts,
    Decoding decoding,
    Ending ending,
    int count,
    int alternatives,
    boolean echo,
    boolean stream,
    boolean isUsageTold,
    long seed) {
  private static final int USUAL_TOKENS = 16;
  private static final int MOST_TEXTS = 64;
  private static final int MOST_ALTERNATIVES = 20;
  private static final int MOST_STOPS = 16;

  static CompletionRequest of(Body body) {
    String model = body.text("model");
    if (model == null) {
      throw Refusal.of("model", "it is missing", "a model that GET /v1/models lists");
    }
    requireNone(body);
    List<String> stops = body.texts("stop");
    if (stops.size() > MOST_STOPS) {
      throw Refusal.of("stop", "found " + stops.size(), MOST_STOPS + " at most");
    }
    List<String> prompts = body.has("prompt") ? body.texts("prompt") : List.of("");
    int tokens = body.integer("max_tokens", USUAL_TOKENS, 0, Limits.WRITTEN_TOKENS);
    int count = body.integer("n", 1, 1, MOST_TEXTS);
    if (prompts.isEmpty() || prompts.size() * count > MOST_TEXTS) {
      throw Refusal.of(
          "prompt",
          "found %d prompts of %d texts".formatted(prompts.size(), count),
          "1 to %d texts in all".formatted(MOST_TEXTS));
    }
    boolean isScored = body.has("logprobs");
    int alternatives =
        isScored ? body.integer("logprobs", 0, 0, MOST_ALTERNATIVES) : Sampling.TEXT_ALONE;
    requireBounded(prompts, (long) prompts.size() * count * tokens, alternatives);
    Decoding decoding =
        new Decoding(
            body.number("temperature", 1),
            body.integer("top_k", 1, Limits.WRITTEN_TOKENS),
            body.number("top_p"),
            body.number("min_p"),
            body.number("repetition_penalty", 1));
    return new CompletionRequest(
        model,
        prompts,
        decoding,
        Ending.afterTokens(tokens).orBefore(stops),
        count,
        alternatives,
        body.flag("echo"),
        body.flag("stream"),
        "true".equals(body.object("stream_options").get("include_usage")),
        body.seed());
  }

  private static void requireBounded(List<String> prompts, long tokens, int alternatives) {
    if (tokens * (1 + Math.max(0, alternatives)) > Limits.WRITTEN_TOKENS) {
      throw Refusal.of(
          "max_tokens",
          "found %,d tokens in all texts together".formatted(tokens),
          "%,d at most, alternatives among them".formatted(Limits.WRITTEN_TOKENS));
    }
    Refusal.requireReadable("prompt", prompts.stream().mapToInt(String::length).sum());
  }

  /** What would change the text must not be passed over. */
  private static void requireNone(Body body) {
    boolean hasBias = !body.object("logit_bias").isEmpty();
    boolean hasSuffix = !body.text("suffix", "").isEmpty();
    for (String name : List.of("frequency_penalty", "presence_penalty")) {
      if (body.number(name, 0) != 0) {
        throw Refusal.of(name, "it is not supported", "none, or repetition_penalty");
      }
    }
    if (hasBias || hasSuffix) {
      throw Refusal.of(hasBias ? "logit_bias" : "suffix", "it is not supported", "none");
    }
    int count = body.integer("n", 1, 1, MOST_TEXTS);
    if (body.integer("best_of", count, 0, Integer.MAX_VALUE) > count) {
      throw Refusal.of("best_of", "it is not supported", "as many as n");
    }
  }

  boolean isScored() {
    return alternatives != Sampling.TEXT_ALONE;
  }
}
