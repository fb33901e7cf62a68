package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        epochs.add(epoch(numbers(line)));
      }
      return epochs;
    } catch (IOException e) {
      throw new RunFailedException(file + ": reading failed: " + e.getMessage(), e);
    }
  }

  private static Map<String, Double> numbers(String line) throws IOException {
    Map<String, Double> numbers = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      while (json.nextToken() != null) {
        if (json.currentToken().isNumeric()) {
          numbers.put(json.currentName(), json.getDoubleValue());
        } else if (json.currentToken() == JsonToken.VALUE_NULL) {
          numbers.put(json.currentName(), Double.POSITIVE_INFINITY);
        }
      }
    }
    return numbers;
  }

  private static EpochResult epoch(Map<String, Double> numbers) {
    return new EpochResult(
        number(numbers, "epoch").intValue(),
        number(numbers, "perplexity"),
        number(numbers, "loss"),
        number(numbers, "seconds"),
        number(numbers, "charactersPerSecond"),
        number(numbers, "gradientNorm"),
        number(numbers, "learningRate"),
        numbers.get("validationPerplexity"));
  }

  private static Double number(Map<String, Double> numbers, String key) {
    Double number = numbers.get(key);
    if (number == null) {
      throw new RunFailedException("a line of " + FILE + " has no number '" + key + "'");
    }
    return number;
  }
}
