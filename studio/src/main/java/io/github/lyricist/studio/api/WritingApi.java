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
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.writing.WritingSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes with a model: how a text may go on, and whole texts under constraints. */
public final class WritingApi {
  private static final int MOST_CONTINUATIONS = 20;
  private static final int MOST_TEXTS = 8;
  private static final int RECENT_CHARACTERS = 5000;
  private static final int BLOCK_CHARACTERS = 1000;

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
          String recent = model.asRead(recent(text));
          String read = model.tokenizer().known(model.writer().opening() + recent);
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

  /**
   * The end of a text, of which it is enough to know how it may go on; its beginning moves but now
   * and then, so that what was read of it can be used.
   */
  private static String recent(String text) {
    int beyond = text.length() - RECENT_CHARACTERS;
    if (beyond <= 0) {
      return text;
    }
    int begin = (beyond / BLOCK_CHARACTERS + 1) * BLOCK_CHARACTERS;
    return text.substring(Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin);
  }

  private static Reach reach(Body body) {
    String name = body.text("reach", "word");
    return Arrays.stream(Reach.values())
        .filter(reach -> reach.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of("reach", "found '" + Excerpt.of(name) + "'", "character, word or line"));
  }

  private void write(Call call) throws IOException {
    Body body = call.body();
    WritingSpec spec = Wishes.of(body);
    String given = body.text("prefix", "");
    int count = body.integer("count", 1, 1, MOST_TEXTS);
    long seed = body.seed();
    models.use(
        call.placeholder("id"),
        model -> {
          String prefix = prefix(model, spec.form() == null ? recent(given) : given);
          RandomStreams random = new RandomStreams(seed);
          Search search =
              model
                  .writer()
                  .search(
                      spec,
                      prefix,
                      Sampling.TEXT_ALONE,
                      text -> random.stream(Purpose.GENERATION, (long) text));
          Stream stream = call.events();
          TextEvents events = new TextEvents(stream, model, spec.form() != null);
          try {
            search.write(beginning(model, prefix), count, events);
          } catch (InvalidInputException | RunFailedException e) {
            events.failed(e);
          }
          stream.done();
        });
  }

  private static String prefix(OpenModel model, String given) {
    Refusal.requireReadable("prefix", given.length());
    return model.known("prefix", model.asRead(given));
  }

  /** What is read first: a line's end before the text, or else a text as the run's begins. */
  private static String beginning(OpenModel model, String prefix) {
    String read = model.writer().opening() + prefix;
    return read.isEmpty() ? model.beginning() : read;
  }
}
