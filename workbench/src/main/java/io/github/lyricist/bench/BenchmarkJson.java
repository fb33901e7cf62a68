package io.github.lyricist.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.model.Cell;
import io.github.lyricist.run.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Tables of benchmarks as JSON. */
public final class BenchmarkJson {
  private static final String WHAT_TO_DO = "name a file that bench --json wrote";

  private BenchmarkJson() {}

  /** Writes an object. */
  public static void write(OutputStream out, BenchmarkTable table) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartObject();
      json.writeStringField("processor", table.processor());
      json.writeNumberField("cores", table.cores());
      json.writeStringField("java", table.java());
      json.writeStringField("date", table.date());
      json.writeArrayFieldStart("benchmarks");
      for (Benchmark benchmark : table.benchmarks()) {
        write(json, benchmark);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Benchmark benchmark) throws IOException {
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

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if it is something else
   */
  public static BenchmarkTable read(Path file) {
    String text = BoundedFile.text(file, Limits.BENCHMARK_BYTES, WHAT_TO_DO);
    JsonObject json = JsonObject.parse(file.toString(), WHAT_TO_DO, text);
    List<Benchmark> benchmarks = new ArrayList<>();
    for (String at = "benchmarks.0."; json.values().containsKey(at + "threads"); ) {
      benchmarks.add(benchmark(json, at));
      at = "benchmarks.%d.".formatted(benchmarks.size());
    }
    return new BenchmarkTable(
        json.text("processor"),
        json.integer("cores", 1),
        json.text("java"),
        json.text("date"),
        benchmarks);
  }

  private static Benchmark benchmark(JsonObject json, String at) {
    Map<String, String> engines = new LinkedHashMap<>();
    Map<String, Double> rates = new LinkedHashMap<>();
    for (String key : json.values().keySet()) {
      String engine = at + "engines.";
      String rate = at + "productGigaflops.";
      if (key.startsWith(engine)) {
        engines.put(key.substring(engine.length()), json.text(key));
      } else if (key.startsWith(rate)) {
        rates.put(key.substring(rate.length()), json.finiteNumber(key));
      }
    }
    List<Timing> timings = new ArrayList<>();
    for (String row = at + "timings.0."; json.values().containsKey(row + "engine"); ) {
      timings.add(timing(json, row));
      row = at + "timings.%d.".formatted(timings.size());
    }
    return new Benchmark(json.integer(at + "threads", 1), engines, rates, timings);
  }

  private static Timing timing(JsonObject json, String at) {
    String embedding = at + "embedding";
    String memory = at + "peakMemoryBytes";
    Workload workload =
        new Workload(
            Cell.called(json.text(at + "cell"))
                .orElseThrow(() -> json.broken("has an unknown '" + at + "cell'")),
            json.integer(at + "layers", 1),
            json.values().containsKey(embedding) ? json.integer(embedding, 1) : null,
            json.integer(at + "hidden", 1),
            json.integer(at + "vocabulary", 1),
            json.integer(at + "batch", 1),
            json.integer(at + "steps", 1));
    return new Timing(
        json.text(at + "engine"),
        workload,
        new Spread(
            positive(json, at + "milliseconds"),
            json.finiteNumber(at + "lowerQuartile"),
            json.finiteNumber(at + "upperQuartile")),
        json.values().containsKey(memory)
            ? OptionalLong.of(json.wholeNumber(memory, 0))
            : OptionalLong.empty());
  }

  private static double positive(JsonObject json, String key) {
    double number = json.finiteNumber(key);
    if (number <= 0) {
      throw json.broken("has '%s' %s, not more than 0".formatted(key, number));
    }
    return number;
  }
}
