package io.github.lyricist.studio.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.Limits;
import io.github.lyricist.config.ConfigKeys;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Previews;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Call;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.training.Engine;
import io.github.lyricist.studio.training.NewRun;
import io.github.lyricist.studio.training.Training;
import io.github.lyricist.studio.training.Training.State;
import io.github.lyricist.studio.training.Trainings;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Begins runs, and tells how they go. */
public final class TrainingApi {
  private static final int MOST_EPOCHS = 1_000_000;
  private static final int SHOWN_PREVIEWS = 20;
  private static final int WAITING_EVENTS = 10_000; // of one who listens slowly; then some are lost

  private final Path folder;
  private final Engine engine;
  private final Models models;
  private final Trainings trainings;

  /**
   * Of a folder of runs.
   *
   * @param engine that trains
   */
  public TrainingApi(Path folder, Engine engine, Models models, Trainings trainings) {
    this.folder = folder;
    this.engine = engine;
    this.models = models;
    this.trainings = trainings;
  }

  /** What it answers. */
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/api/trainings", this::list),
        new Route("POST", "/api/trainings", this::begin),
        new Route("GET", "/api/runs/{id}", this::show),
        new Route("GET", "/api/runs/{id}/events", this::tell),
        new Route("POST", "/api/runs/{id}/pause", this::pause),
        new Route("POST", "/api/runs/{id}/resume", this::resume));
  }

  private void list(Call call) throws IOException {
    List<String> running = trainings.in("running");
    List<String> waiting = trainings.in("waiting");
    call.answer(
        json -> {
          json.writeStringField("running", running.isEmpty() ? null : running.get(0));
          json.writeArrayFieldStart("waiting");
          for (String id : waiting) {
            json.writeString(id);
          }
          json.writeEndArray();
        });
  }

  private void begin(Call call) throws IOException {
    Body body = call.body(Limits.TEXT_REQUEST_BYTES);
    String id = trainings.begin(NewRun.of(body, folder, engine));
    call.answer(json -> json.writeStringField("id", id));
  }

  private void pause(Call call) throws IOException {
    trainings.pause(call.placeholder("id"));
    call.answer(json -> {});
  }

  private void resume(Call call) throws IOException {
    String id = call.placeholder("id");
    trainings.resume(id, models.folder(id), call.body().integer("epochs", 1, MOST_EPOCHS));
    call.answer(json -> {});
  }

  private void show(Call call) throws IOException {
    String id = call.placeholder("id");
    Training training = trainings.of(id);
    if (training != null && !training.hasRun() && !training.state().status().equals("finished")) {
      call.answer(
          json -> {
            json.writeStringField("id", id);
            json.writeStringField("name", training.spec().name());
            write(json, training.state());
            write(json, ConfigKeys.of(training.spec()), List.of(), List.of());
          });
      return;
    }
    StoredRun run = StoredRun.read(models.folder(id));
    State state = training == null ? State.of(run) : training.state();
    call.answer(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("name", run.name());
          write(json, state);
          int first = Math.max(0, run.previews().size() - SHOWN_PREVIEWS);
          List<Preview> previews = run.previews().subList(first, run.previews().size());
          write(json, run.config(), run.epochs(), previews);
        });
  }

  private static void write(
      JsonGenerator json,
      Map<String, String> config,
      List<EpochResult> epochs,
      List<Preview> previews)
      throws IOException {
    json.writeStringField("epochsInAll", config.get("training.epochs"));
    json.writeObjectFieldStart("config");
    for (Map.Entry<String, String> each : config.entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("epochs");
    for (EpochResult epoch : epochs) {
      json.writeStartObject();
      Metrics.writeFields(json, epoch);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("previews");
    for (Preview preview : previews) {
      json.writeStartObject();
      Previews.writeFields(json, preview);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, State state) throws IOException {
    json.writeStringField("status", state.status());
    json.writeStringField("problem", state.problem());
  }

  private void tell(Call call) throws IOException {
    String id = call.placeholder("id");
    Training training = trainings.of(id);
    if (training == null) {
      State state = State.of(StoredRun.overview(models.folder(id)));
      Stream stream = call.events();
      tell(stream, state);
      stream.done();
      return;
    }
    BlockingQueue<TrainingEvent> events = new LinkedBlockingQueue<>(WAITING_EVENTS);
    Consumer<TrainingEvent> watcher = new Thinned(events);
    training.watch(watcher); // before the client is told that it listens
    try {
      Stream stream = call.events();
      tell(stream, training, events);
      stream.done();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      training.unwatch(watcher);
    }
  }

  private static void tell(Stream stream, Training training, BlockingQueue<TrainingEvent> events)
      throws InterruptedException {
    EventJson json = new EventJson(stream);
    State told = training.state();
    tell(stream, told);
    while (told.isLive() || !events.isEmpty()) {
      TrainingEvent event = events.poll(1, TimeUnit.SECONDS);
      if (event == null) {
        stream.comment(); // so that it is seen when nobody listens any more
      } else {
        json.tell(event);
      }
      State now = training.state();
      if (!now.equals(told)) {
        told = now;
        tell(stream, now);
      }
    }
  }

  /** Steps, of which there are many, some five a second; all else as it comes. */
  private static final class Thinned implements Consumer<TrainingEvent> {
    private static final long BETWEEN_STEPS_NANOS = 200_000_000;

    private final BlockingQueue<TrainingEvent> events;
    private long last = System.nanoTime() - BETWEEN_STEPS_NANOS;

    Thinned(BlockingQueue<TrainingEvent> events) {
      this.events = events;
    }

    @Override
    public void accept(TrainingEvent event) {
      if (event instanceof StepTaken) {
        long now = System.nanoTime();
        if (now - last < BETWEEN_STEPS_NANOS) {
          return;
        }
        last = now;
      }
      events.offer(event); // or the listener is far too slow
    }
  }

  private static void tell(Stream stream, State state) throws CancellationException {
    stream.event(
        json -> {
          json.writeStringField("kind", "state");
          write(json, state);
        });
  }
}
