package io.github.lyricist.studio.api;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.generation.Continuations.Continuation;
import io.github.lyricist.generation.Continuations.Reach;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Call;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.models.OpenModel;
import io.github.lyricist.writing.WritingSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes with a model: how a text may go on, and whole texts under constraints. */
public final class WritingApi {
  private static final int MOST_CONTINUATIONS = 20;
  private static final int MOST_TEXTS = 8;

  private final Models models;

  public WritingApi(Models models) {
    this.models = models;
  }

  /** What it answers. */
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/models/{id}/continuations", this::goOn),
        new Route("POST", "/api/models/{id}/texts", this::write));
  }

  private void goOn(Call call) throws IOException {
    Body body = call.body();
    String text = body.required("text");
    int count = body.integer("count", 5, 1, MOST_CONTINUATIONS);
    Reach reach = reach(body);
    models.use(
        call.placeholder("id"),
        model -> {
          String read = model.tokenizer().known(model.writer().opening() + model.asRead(text));
          List<Continuation> ways =
              read.isEmpty() ? List.of() : model.continuations().after(read, count, reach);
          call.answer(
              json -> {
                json.writeArrayFieldStart("continuations");
                for (Continuation way : ways) {
                  json.writeStartObject();
                  json.writeStringField("text", way.text());
                  json.writeNumberField("probability", way.probability());
                  json.writeEndObject();
                }
                json.writeEndArray();
              });
        });
  }

  private static Reach reach(Body body) {
    String name = body.has("reach") ? body.required("reach") : "word";
    return Arrays.stream(Reach.values())
        .filter(reach -> reach.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.of("reach", "found '" + name + "'", "character, word or line"));
  }

  private void write(Call call) throws IOException {
    Body body = call.body();
    WritingSpec spec = Wishes.of(body);
    String given = body.has("prefix") ? body.required("prefix") : "";
    int count = body.integer("count", 1, 1, MOST_TEXTS);
    long seed =
        body.has("seed")
            ? body.whole("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE)
            : RandomStreams.anySeed();
    models.use(
        call.placeholder("id"),
        model -> {
          String prefix = prefix(model, given);
          RandomStreams random = new RandomStreams(seed);
          Search search =
              model
                  .writer()
                  .search(
                      spec,
                      prefix,
                      Sampling.TEXT_ALONE,
                      text -> random.stream(Purpose.GENERATION, (long) text));
          try (Stream stream = call.events()) {
            TextEvents events = new TextEvents(stream, model, spec.form() != null);
            try {
              search.write(beginning(model, prefix), count, events);
            } catch (InvalidInputException | RunFailedException e) {
              events.failed(e);
            }
            stream.done();
          }
        });
  }

  private static String prefix(OpenModel model, String given) {
    String prefix = model.asRead(given);
    List<String> unknown = model.tokenizer().unknown(prefix);
    if (!unknown.isEmpty()) {
      throw Refusal.of(
          "prefix",
          "the model does not know '" + unknown.get(0) + "'",
          "a text in what it was trained on");
    }
    return prefix;
  }

  /** What is read first: a line's end before the text, or else a text as the run's begins. */
  private static String beginning(OpenModel model, String prefix) {
    String read = model.writer().opening() + prefix;
    return read.isEmpty() ? model.beginning() : read;
  }
}
