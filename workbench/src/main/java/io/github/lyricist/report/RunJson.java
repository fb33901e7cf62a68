package io.github.lyricist.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.run.JsonText;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs for programs, as JSON. What is not known, or not a finite number, is null. */
public final class RunJson {
  private RunJson() {}

  /** A list of objects. */
  public static String of(List<StoredRun> runs) {
    return JsonText.indented(
        json -> {
          json.writeStartArray();
          for (StoredRun run : runs) {
            json.writeStartObject();
            write(json, run);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** One object: what the list has of the run, and more. */
  public static String of(RunCard card) {
    return JsonText.indented(
        json -> {
          json.writeStartObject();
          write(json, card.run());
          ModelSpec model = card.model();
          json.writeObjectFieldStart("model");
          json.writeStringField("cell", model.cell().name());
          json.writeNumberField("layers", model.layers());
          json.writeNumberField("hidden", model.hidden());
          json.writeObjectField("embedding", model.embedding());
          json.writeBooleanField("tieWeights", model.tieWeights());
          json.writeNumberField("dropout", model.dropout());
          json.writeNumberField("parameters", card.parameters());
          json.writeStringField("tokens", card.tokens());
          json.writeNumberField("vocabulary", card.vocabulary());
          json.writeEndObject();
          json.writeObjectFieldStart("bytes");
          for (Map.Entry<String, Long> file : card.bytes().entrySet()) {
            json.writeNumberField(file.getKey(), file.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, StoredRun run) throws IOException {
    json.writeStringField("folder", run.folder().toString());
    json.writeStringField("name", run.name());
    json.writeBooleanField("imported", run.isImported());
    json.writeStringField("status", run.provenance().get("status"));
    json.writeStringField("start", run.provenance().get("start"));
    json.writeStringField("end", run.provenance().get("end"));
    json.writeStringField("backend", run.provenance().get("backend"));
    json.writeNumberField("epochs", run.epochsDone());
    EpochResult last = run.last();
    write(json, "perplexity", last == null ? null : last.perplexity());
    EpochResult best = run.bestByValidation();
    write(json, "bestValidation", best == null ? null : best.validationPerplexity());
    json.writeObjectField("bestValidationEpoch", best == null ? null : best.epoch());
    json.writeNumberField("seconds", run.seconds());
  }

  private static void write(JsonGenerator json, String name, @Nullable Double number)
      throws IOException {
    if (number == null || !Double.isFinite(number)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number);
    }
  }
}
