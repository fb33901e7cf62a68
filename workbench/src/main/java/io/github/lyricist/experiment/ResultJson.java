package io.github.lyricist.experiment;

import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.generation.Written;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.originality.Recitation;
import io.github.lyricist.originality.Recitation.Run;
import io.github.lyricist.run.JsonText;
import java.util.Map;

/**
 * What {@code eval}, {@code generate} and {@code originality} tell programs: one JSON object on one
 * line each.
 */
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

  /** One text that was written, without its prefix; with the probability of each token. */
  public static String of(String prefix, Written written, long seed) {
    return JsonText.object(
        json -> {
          json.writeStringField("prefix", prefix);
          json.writeStringField("text", written.text());
          json.writeNumberField("seed", seed);
          json.writeArrayFieldStart("tokens");
          for (Token token : written.tokens()) {
            json.writeStartObject();
            json.writeStringField("text", token.text());
            json.writeNumberField("logProbability", token.logProbability());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeObjectFieldStart("constraints");
          for (Map.Entry<String, Double> share : written.refused().entrySet()) {
            json.writeNumberField(share.getKey(), share.getValue());
          }
          json.writeEndObject();
        });
  }

  /** How much of a text stands in a corpus, in runs of so many characters at least. */
  public static String of(Recitation recitation, int least) {
    return JsonText.object(
        json -> {
          json.writeNumberField("characters", recitation.characters());
          json.writeNumberField("least", least);
          json.writeNumberField("share", recitation.share(least));
          json.writeArrayFieldStart("runs");
          for (Run run : recitation.runs(least)) {
            json.writeStartObject();
            json.writeStringField("text", run.text());
            json.writeNumberField("begin", run.begin());
            json.writeNumberField("length", run.length());
            json.writeNumberField("place", run.place());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
