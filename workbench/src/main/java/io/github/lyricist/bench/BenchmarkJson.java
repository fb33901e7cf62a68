package io.github.lyricist.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Benchmarks as JSON. */
public final class BenchmarkJson {
  private BenchmarkJson() {}

  /** Writes an array with an object for each number of threads. */
  public static void write(OutputStream out, List<Benchmark> benchmarks) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartArray();
      for (Benchmark benchmark : benchmarks) {
        json.writeStartObject();
        json.writeNumberField("threads", benchmark.threads());
        json.writeObjectFieldStart("engines");
        for (Map.Entry<String, String> engine : benchmark.engines().entrySet()) {
          json.writeStringField(engine.getKey(), engine.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("productGigaflops");
        for (Map.Entry<String, Double> rate : benchmark.productGigaflops().entrySet()) {
          json.writeNumberField(rate.getKey(), rate.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("timings");
        for (Timing timing : benchmark.timings()) {
          write(json, timing);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, Timing timing) throws IOException {
    Workload workload = timing.workload();
    json.writeStartObject();
    json.writeStringField("engine", timing.engine());
    json.writeStringField("cell", workload.cell().name());
    json.writeNumberField("layers", workload.layers());
    if (workload.embedding() != null) {
      json.writeNumberField("embedding", workload.embedding());
    }
    json.writeNumberField("hidden", workload.hidden());
    json.writeNumberField("vocabulary", workload.vocabularySize());
    json.writeNumberField("batch", workload.batchSize());
    json.writeNumberField("steps", workload.steps());
    json.writeNumberField("milliseconds", timing.milliseconds().median());
    json.writeNumberField("lowerQuartile", timing.milliseconds().lower());
    json.writeNumberField("upperQuartile", timing.milliseconds().upper());
    json.writeNumberField("gigaflops", timing.gigaflops());
    if (timing.peakMemory().isPresent()) {
      json.writeNumberField("peakMemoryBytes", timing.peakMemory().getAsLong());
    }
    json.writeEndObject();
  }
}
