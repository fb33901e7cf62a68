package io.github.lyricist.comparison;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** {@code compare.json}: a comparison for programs. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** Writes the verdict, each engine's speed, and every epoch's perplexities. */
  public static void write(OutputStream out, Comparison comparison) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartObject();
      writeFields(json, comparison);
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void writeFields(JsonGenerator json, Comparison comparison) throws IOException {
    Judgement deciding = comparison.deciding();
    json.writeStringField("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
    json.writeStringField(
        "judged", comparison.isByEpochs() ? "epochs" : "steps of the first epoch");
    json.writeNumberField("judgedCount", deciding.judged());
    if (deciding.judged() > 0) {
      json.writeFieldName("largestDeviation");
      write(json, deciding.largest());
    }
    json.writeArrayFieldStart("backends");
    for (Trajectory engine : comparison.engines()) {
      json.writeStartObject();
      json.writeStringField("name", engine.name());
      write(json, "secondsPerEpoch", engine.secondsPerEpoch());
      write(json, "ratioToFastest", comparison.timesTheFastest(engine));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("epochs");
    for (int epoch = 1; epoch <= comparison.epochCount(); epoch++) {
      writeEpoch(json, comparison, epoch);
    }
    json.writeEndArray();
  }

  private static void writeEpoch(JsonGenerator json, Comparison comparison, int epoch)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("epoch", epoch);
    json.writeBooleanField("judged", epoch <= comparison.epochs().judged());
    json.writeObjectFieldStart("loss");
    for (Trajectory engine : comparison.engines()) {
      boolean reached = engine.reached(epoch);
      write(json, engine.name(), reached ? engine.epochs().get(epoch - 1).loss() : Double.NaN);
    }
    json.writeEndObject();
    json.writeFieldName("deviation");
    write(json, comparison.epochs().at(epoch));
    json.writeEndObject();
  }

  /** JSON has only finite numbers: null stands for the others. */
  private static void write(JsonGenerator json, String name, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumberField(name, number);
    } else {
      json.writeNullField(name);
    }
  }

  private static void write(JsonGenerator json, Deviation deviation) throws IOException {
    json.writeStartObject();
    json.writeNumberField("at", deviation.at());
    write(json, "relative", deviation.relative());
    write(json, "allowed", deviation.allowed());
    json.writeArrayFieldStart("between");
    json.writeString(deviation.first());
    json.writeString(deviation.second());
    json.writeEndArray();
    json.writeEndObject();
  }
}
