package io.github.lyricist.studio.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.Build;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.studio.http.Call;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.models.Models.Found;
import io.github.lyricist.studio.models.OpenModel;
import io.github.lyricist.studio.training.Training;
import io.github.lyricist.studio.training.Training.State;
import io.github.lyricist.studio.training.Trainings;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which models there are, and what they are. */
public final class ModelsApi {
  private final Path folder;
  private final String engine;
  private final Models models;
  private final Trainings trainings;

  /**
   * Of a folder of runs.
   *
   * @param engine the name of the one that computes
   */
  public ModelsApi(Path folder, String engine, Models models, Trainings trainings) {
    this.folder = folder;
    this.engine = engine;
    this.models = models;
    this.trainings = trainings;
  }

  /** What it answers. */
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/api/studio", this::studio),
        new Route("GET", "/api/models", this::list),
        new Route("GET", "/api/models/{id}", this::show));
  }

  private void studio(Call call) throws IOException {
    call.answer(
        json -> {
          json.writeStringField("version", Build.current().version());
          json.writeStringField("engine", engine);
          json.writeStringField("folder", folder.toString());
        });
  }

  private void list(Call call) throws IOException {
    List<Found> all = models.all();
    call.answer(
        json -> {
          json.writeArrayFieldStart("models");
          for (Found found : all) {
            json.writeStartObject();
            json.writeStringField("id", found.id());
            json.writeStringField("problem", found.problem());
            StoredRun run = found.run();
            json.writeStringField("name", run == null ? found.id() : run.name());
            if (run != null) {
              Training training = trainings.of(found.id());
              State state = training == null ? State.of(run) : training.state();
              json.writeStringField("status", state.status());
              write(json, run);
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, StoredRun run) throws IOException {
    json.writeBooleanField("imported", run.isImported());
    json.writeStringField("start", run.provenance().get("start"));
    json.writeNumberField("epochs", run.epochsDone());
    json.writeStringField("epochsInAll", run.epochsInAll());
    EpochResult last = run.last();
    EpochResult best = run.bestByValidation();
    write(json, "perplexity", last == null ? null : last.perplexity());
    write(json, "bestValidation", best == null ? null : best.validationPerplexity());
  }

  private static void write(JsonGenerator json, String name, @Nullable Double number)
      throws IOException {
    json.writeObjectField(name, number != null && Double.isFinite(number) ? number : null);
  }

  private void show(Call call) throws IOException {
    models.use(call.placeholder("id"), model -> call.answer(json -> write(json, model)));
  }

  private static long parameters(ModelSpec spec, int vocabularySize) {
    return spec.shapes(vocabularySize).values().stream().mapToLong(Shape::size).sum();
  }

  private static void write(JsonGenerator json, OpenModel model) throws IOException {
    ModelSpec spec = model.model().spec();
    Cell cell = spec.cell();
    Tokenizer tokenizer = model.tokenizer();
    json.writeStringField("id", model.id());
    json.writeStringField("name", model.name());
    json.writeStringField("sha256", model.sha256());
    json.writeStringField("cell", cell.name());
    json.writeNumberField("layers", spec.layers());
    json.writeNumberField("hidden", spec.hidden());
    json.writeObjectField("embedding", spec.embedding());
    json.writeNumberField("parameters", parameters(spec, tokenizer.size()));
    json.writeStringField("tokens", tokenizer.kind());
    json.writeNumberField("vocabulary", tokenizer.size());
    json.writeStringField("lineEnd", String.valueOf(model.writer().lineEnd()));
    json.writeBooleanField(
        "hasHan",
        IntStream.range(0, tokenizer.size())
            .anyMatch(token -> Characters.han(tokenizer.text(token)).findAny().isPresent()));
    json.writeStringField("beginning", model.beginning());
  }
}
