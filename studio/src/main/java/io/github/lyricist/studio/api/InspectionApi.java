package io.github.lyricist.studio.api;

import io.github.lyricist.generation.Written.Alternative;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.inspection.InspectedText;
import io.github.lyricist.inspection.UnitReaction;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Trace;
import io.github.lyricist.originality.Recitation;
import io.github.lyricist.originality.Recitation.Run;
import io.github.lyricist.run.JsonText;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Call;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.http.SlowAnswer;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.models.OpenModel;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Looks inside a model while it reads a text. */
public final class InspectionApi {
  private static final int MOST_ALTERNATIVES = 20;
  private static final int LONGEST_RUN = 1000;
  private static final int LEAST_RUN = 8;
  private static final int BEAT_CHARACTERS = 100_000;

  private final Models models;

  public InspectionApi(Models models) {
    this.models = models;
  }

  /** What it answers. */
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/models/{id}/surprise", this::surprise),
        new Route("POST", "/api/models/{id}/units", this::units),
        new Route("POST", "/api/models/{id}/activations", this::activations),
        new Route("POST", "/api/models/{id}/saliency", this::saliency),
        new Route("POST", "/api/models/{id}/copies", this::copies));
  }

  /** What is done with a text that a model reads. */
  @FunctionalInterface
  private interface Look {
    void at(InspectedText text, OpenModel model) throws IOException;
  }

  private void look(Call call, Body body, Look look) throws IOException {
    String text = body.required("text");
    models.use(
        call.placeholder("id"),
        model -> {
          String opening = model.writer().opening();
          InspectedText inspected =
              new InspectedText(model.model(), model.tokenizer(), opening, model.asRead(text));
          if (inspected.size() > 0 && !inspected.isKnown()) {
            throw Refusal.of(
                "text", "the model knows nothing of it", "a text in what it was trained on");
          }
          look.at(inspected, model);
        });
  }

  private void surprise(Call call) throws IOException {
    Body body = call.body();
    int alternatives = body.integer("alternatives", 0, 0, MOST_ALTERNATIVES);
    String text = body.required("text");
    look(
        call,
        body,
        (read, model) -> {
          List<Token> tokens = read.surprise(alternatives);
          call.answer(
              json -> {
                double nats = 0;
                int place = 0;
                json.writeArrayFieldStart("tokens");
                for (Token token : tokens) {
                  json.writeStartObject();
                  int end = place + token.text().length();
                  json.writeStringField(
                      "text", text.substring(place, end)); // with its own line end
                  place = end;
                  boolean isFirst = Double.isNaN(token.logProbability());
                  json.writeObjectField("logProbability", isFirst ? null : token.logProbability());
                  nats -= isFirst ? 0 : token.logProbability();
                  json.writeArrayFieldStart("likeliest");
                  for (Alternative alternative : token.likeliest()) {
                    json.writeStartObject();
                    json.writeStringField("text", alternative.text());
                    json.writeNumberField("logProbability", alternative.logProbability());
                    json.writeEndObject();
                  }
                  json.writeEndArray();
                  json.writeEndObject();
                }
                json.writeEndArray();
                int characters = Characters.count(text);
                json.writeObjectField(
                    "bitsPerCharacter", characters == 0 ? null : nats / Math.log(2) / characters);
              });
        });
  }

  private void units(Call call) throws IOException {
    Body body = call.body();
    look(
        call,
        body,
        (text, model) -> {
          Trace trace = text.trace();
          String array = array(body, trace);
          int lineEnd = model.writer().lineEnd();
          List<UnitReaction> reactions =
              UnitReaction.strongest(
                  text.values(trace, array),
                  hidden(model),
                  text.tokens(),
                  character -> character == lineEnd);
          call.answer(
              json -> {
                json.writeArrayFieldStart("arrays");
                for (String name : trace.names()) {
                  json.writeString(name);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("units");
                for (UnitReaction reaction : reactions) {
                  json.writeStartObject();
                  json.writeNumberField("unit", reaction.unit());
                  json.writeStringField("reactsTo", reaction.reactsTo());
                  json.writeNumberField("correlation", reaction.correlation());
                  json.writeEndObject();
                }
                json.writeEndArray();
              });
        });
  }

  private void activations(Call call) throws IOException {
    Body body = call.body();
    look(
        call,
        body,
        (text, model) -> {
          Trace trace = text.trace();
          int unit = body.integer("unit", 0, 0, hidden(model) - 1);
          String array = array(body, trace);
          answer(call, UnitReaction.activations(text.values(trace, array), hidden(model), unit));
        });
  }

  private static int hidden(OpenModel model) {
    return model.model().spec().hidden();
  }

  private static String array(Body body, Trace trace) {
    String array = body.text("array", Trace.state(0, HiddenState.HIDDEN));
    if (!trace.names().contains(array)) {
      throw Refusal.of("array", "found '" + Excerpt.of(array) + "'", "one of " + trace.names());
    }
    return array;
  }

  private void saliency(Call call) throws IOException {
    Body body = call.body();
    look(
        call,
        body,
        (text, model) -> {
          int token = body.integer("token", 0, 0, Math.max(0, text.size() - 1));
          if (text.size() == 0) {
            throw Refusal.of("text", "it is empty", "at least one character");
          }
          answer(call, text.saliency(token));
        });
  }

  private static void answer(Call call, float... values) throws IOException {
    call.answer(
        json -> {
          json.writeFieldName("values");
          json.writeArray(
              IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray(),
              0,
              values.length);
        });
  }

  private void copies(Call call) throws IOException {
    Body body = call.body();
    String text = body.required("text");
    Refusal.requireReadable("text", text.length());
    int least = body.integer("least", LEAST_RUN, 1, LONGEST_RUN);
    models.use(
        call.placeholder("id"),
        model -> {
          Recitation recitation = new Recitation(List.of(model.asRead(text)));
          SlowAnswer answer = call.slowly();
          long[] read = {0};
          model
              .trainingText()
              .forEach(
                  character -> {
                    recitation.read(character);
                    if (++read[0] % BEAT_CHARACTERS == 0) {
                      answer.beat();
                    }
                  });
          List<Run> runs = recitation.runs(least);
          int longest = recitation.runs(1).stream().mapToInt(Run::length).max().orElse(0);
          answer.end(
              JsonText.object(
                  json -> {
                    json.writeNumberField("characters", recitation.characters());
                    json.writeNumberField("share", recitation.share(least));
                    json.writeNumberField("longest", longest);
                    json.writeArrayFieldStart("runs");
                    for (Run run : runs) {
                      json.writeStartObject();
                      json.writeNumberField("begin", run.begin());
                      json.writeNumberField("length", run.length());
                      json.writeNumberField("place", run.place());
                      json.writeEndObject();
                    }
                    json.writeEndArray();
                  }));
        });
  }
}
