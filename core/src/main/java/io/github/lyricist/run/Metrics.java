package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code metrics.jsonl}: what each epoch of a run measured, one line an epoch. */
public final class Metrics {
  static final String FILE = "metrics.jsonl";

  private Metrics() {}

  static void writeFields(JsonGenerator json, EpochResult result) throws IOException {
    json.writeNumberField("epoch", result.epoch());
    writePerplexity(json, "perplexity", result.perplexity());
    json.writeNumberField("loss", result.loss());
    json.writeNumberField("seconds", result.seconds());
    json.writeNumberField("charactersPerSecond", result.charactersPerSecond());
    json.writeNumberField("gradientNorm", result.gradientNorm());
    json.writeNumberField("learningRate", result.learningRate());
    if (result.validationPerplexity() != null) {
      writePerplexity(json, "validationPerplexity", result.validationPerplexity());
    }
  }

  /** JSON has no infinity: null stands for it. */
  private static void writePerplexity(JsonGenerator json, String name, double perplexity)
      throws IOException {
    if (Double.isFinite(perplexity)) {
      json.writeNumberField(name, perplexity);
    } else {
      json.writeNullField(name);
    }
  }

  /**
   * The epochs of a run, in order.
   *
   * @throws RunFailedException if the file can't be read, or is none of ours
   */
  public static List<EpochResult> read(Path runDirectory) {
    Path file = runDirectory.resolve(FILE);
    try {
      List<EpochResult> epochs = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        epochs.add(epoch(JsonObject.parse(line)));
      }
      return epochs;
    } catch (IOException e) {
      throw new RunFailedException(file + ": reading failed: " + e.getMessage(), e);
    }
  }

  private static EpochResult epoch(JsonObject line) throws IOException {
    return new EpochResult(
        line.integer("epoch"),
        perplexity(line, "perplexity"),
        line.number("loss"),
        line.number("seconds"),
        line.number("charactersPerSecond"),
        line.number("gradientNorm"),
        line.number("learningRate"),
        line.has("validationPerplexity") ? perplexity(line, "validationPerplexity") : null);
  }

  private static double perplexity(JsonObject line, String key) throws IOException {
    return line.has(key) && line.isNull(key) ? Double.POSITIVE_INFINITY : line.number(key);
  }
}
