package io.github.lyricist.experiment;

import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.run.JsonText;

/** What {@code eval} and {@code generate} tell programs: one JSON object on one line each. */
public final class ResultJson {
  private ResultJson() {}

  /** How well a model predicts a text. */
  public static String of(Evaluation evaluation, EvaluationText text) {
    return JsonText.object(
        json -> {
          json.writeStringField("source", text.corpus().source());
          json.writeStringField("text", text.part());
          json.writeFieldName("perplexity");
          if (Double.isFinite(evaluation.perplexity())) {
            json.writeNumber(evaluation.perplexity());
          } else {
            json.writeNull();
          }
          json.writeNumberField(
              "bitsPerCharacter", evaluation.bitsPerCharacter(text.corpus().charactersPerToken()));
          json.writeNumberField("characters", text.charactersOf(evaluation));
          json.writeNumberField("tokens", evaluation.predictions());
          UnknownText unknown = text.unknown();
          json.writeNumberField("unknown", unknown == null ? 0 : unknown.count());
          json.writeNumberField("unknownShare", unknown == null ? 0 : unknown.share());
        });
  }

  /** One text that was written, without its prefix. */
  public static String of(String prefix, String text, long seed) {
    return JsonText.object(
        json -> {
          json.writeStringField("prefix", prefix);
          json.writeStringField("text", text);
          json.writeNumberField("seed", seed);
        });
  }
}
