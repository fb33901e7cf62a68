package io.github.lyricist.studio.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.generation.Written;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Call;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.http.SlowAnswer;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.models.OpenModel;
import io.github.lyricist.studio.openai.Completion.Choice;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** {@code /v1}: models and completions as OpenAI's clients ask for them. */
public final class OpenAiApi {
  private final Models models;

  public OpenAiApi(Models models) {
    this.models = models;
  }

  /** What it answers. */
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/models", this::list),
        new Route("GET", "/v1/models/{id}", this::show),
        new Route("POST", "/v1/completions", this::complete));
  }

  private void list(Call call) throws IOException {
    List<StoredRun> runs = models.runs();
    call.answer(
        json -> {
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          for (StoredRun run : runs) {
            json.writeStartObject();
            write(json, run);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void show(Call call) throws IOException {
    StoredRun run = models.stored(call.placeholder("id"));
    call.answer(json -> write(json, run));
  }

  private static void write(JsonGenerator json, StoredRun run) throws IOException {
    Instant start = run.start();
    json.writeStringField("id", run.folderName());
    json.writeStringField("object", "model");
    json.writeNumberField("created", start == null ? 0 : start.getEpochSecond());
    json.writeStringField("owned_by", "lyricist");
  }

  private void complete(Call call) throws IOException {
    CompletionRequest request = request(call.body());
    models.use(
        request.model(),
        model -> {
          List<Prompt> prompts = Prompt.of(request, model);
          if (request.stream()) {
            stream(call, request, prompts, model);
          } else {
            answer(call, request, prompts, model);
          }
        });
  }

  private static CompletionRequest request(Body body) {
    try {
      return CompletionRequest.of(body);
    } catch (InvalidInputException e) {
      UnaryOperator<String> parameter = key -> key.replace('-', '_');
      String key = e.key();
      throw new Refusal(
          400,
          String.valueOf(e.locatedBy(parameter).getMessage()),
          key == null ? null : parameter.apply(key),
          null);
    }
  }

  private static void answer(
      Call call, CompletionRequest request, List<Prompt> prompts, OpenModel model)
      throws IOException {
    Completion completion = new Completion(request.model(), request.isScored());
    SlowAnswer answer = call.slowly();
    List<Choice> choices = new ArrayList<>();
    AtomicInteger written = new AtomicInteger();
    for (Prompt prompt : prompts) {
      int first = choices.size();
      search(request, model)
          .write(
              prompt.read(),
              request.count(),
              new Search.Reader() {
                @Override
                public void read(int text, String more) {
                  answer.beat();
                }

                @Override
                public void done(int text, Written whole) {
                  written.addAndGet(model.tokenizer().encode(whole.text()).length);
                  choices.add(Choice.of(first + text, prompt, whole));
                }
              });
    }
    answer.end(completion.json(choices, new Usage(size(prompts), written.get())));
  }

  private static int size(List<Prompt> prompts) {
    return prompts.stream().mapToInt(Prompt::size).sum();
  }

  private static void stream(
      Call call, CompletionRequest request, List<Prompt> prompts, OpenModel model)
      throws IOException {
    Completion completion = new Completion(request.model(), request.isScored());
    int written = 0;
    Stream stream = call.events();
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      Bits bits = new Bits(stream, completion, i * request.count(), prompt);
      bits.begin(request.count());
      search(request, model).write(prompt.read(), request.count(), bits);
      written += bits.told().stream().mapToInt(text -> model.tokenizer().encode(text).length).sum();
    }
    if (request.isUsageTold()) {
      stream.event(completion.json(List.of(), new Usage(size(prompts), written)));
    }
    stream.done();
  }

  private static Search search(CompletionRequest request, OpenModel model) {
    RandomStreams random = new RandomStreams(request.seed());
    return new Sampling(
        model.model(),
        model.tokenizer(),
        request.decoding(),
        request.ending(),
        request.alternatives(),
        text -> random.stream(Purpose.GENERATION, (long) text));
  }
}
