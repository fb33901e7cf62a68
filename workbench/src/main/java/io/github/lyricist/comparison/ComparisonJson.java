package io.github.lyricist.comparison;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

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
      json.writeBooleanField("agree", comparison.agrees());
      json.writeNumberField("tolerance", Comparison.TOLERANCE);
      json.writeNumberField("judgedEpochs", comparison.judgedEpochs());
      json.writeFieldName("largestDeviation");
      writeDeviation(json, comparison.largest());
      json.writeArrayFieldStart("backends");
      for (Trajectory trajectory : comparison.trajectories()) {
        json.writeStartObject();
        json.writeStringField("name", trajectory.backend());
        json.writeNumberField("secondsAnEpoch", trajectory.secondsAnEpoch());
        json.writeNumberField("ratioToFastest", trajectory.secondsAnEpoch() / comparison.fastest());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("epochs");
      for (int epoch = 1; epoch <= comparison.epochs(); epoch++) {
        writeEpoch(json, comparison, epoch);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void writeEpoch(JsonGenerator json, Comparison comparison, int epoch)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("epoch", epoch);
    json.writeObjectFieldStart("loss");
    for (Trajectory trajectory : comparison.trajectories()) {
      json.writeNumberField(trajectory.backend(), trajectory.epochs().get(epoch - 1).loss());
    }
    json.writeEndObject();
    json.writeFieldName("largestDeviation");
    writeDeviation(json, comparison.deviation(epoch));
    json.writeEndObject();
  }

  private static void writeDeviation(JsonGenerator json, Deviation deviation) throws IOException {
    json.writeStartObject();
    json.writeNumberField("epoch", deviation.epoch());
    json.writeNumberField("relative", deviation.relative());
    json.writeArrayFieldStart("between");
    json.writeString(deviation.first());
    json.writeString(deviation.second());
    json.writeEndArray();
    json.writeEndObject();
  }
}
