package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code metrics.jsonl}: what each epoch of a run measured, one line an epoch. */
public final class Metrics {
  static final String FILE = "metrics.jsonl";

  private Metrics() {}

  /** The fields of a line. */
  public static void writeFields(JsonGenerator json, EpochResult result) throws IOException {
    json.writeNumberField("epoch", result.epoch());
    writePerplexity(json, "perplexity", result.perplexity());
    json.writeNumberField("loss", result.loss());
    json.writeNumberField("bitsPerCharacter", result.bitsPerCharacter());
    json.writeNumberField("seconds", result.seconds());
    json.writeNumberField("charactersPerSecond", result.charactersPerSecond());
    json.writeNumberField("gradientNorm", result.gradientNorm());
    json.writeNumberField("learningRate", result.learningRate());
    if (result.validationPerplexity() != null) {
      writePerplexity(json, "validationPerplexity", result.validationPerplexity());
      json.writeNumberField(
          "validationBitsPerCharacter",
          Objects.requireNonNull(result.validationBitsPerCharacter()));
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
   * @throws InvalidInputException if there is no such file, or it is none of ours
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static List<EpochResult> read(Path runDirectory) {
    List<EpochResult> epochs = new ArrayList<>();
    int last = 0;
    for (JsonObject line : new JsonLinesReader(runDirectory.resolve(FILE)).read()) {
      EpochResult result = epoch(line);
      if (result.epoch() <= last) {
        throw line.broken("has epoch %d after epoch %d".formatted(result.epoch(), last));
      }
      last = result.epoch();
      epochs.add(result);
    }
    return epochs;
  }

  private static EpochResult epoch(JsonObject line) {
    boolean validated = line.values().containsKey("validationPerplexity");
    Double validation = validated ? perplexity(line, "validationPerplexity") : null;
    return new EpochResult(
        line.integer("epoch", 1),
        perplexity(line, "perplexity"),
        line.number("loss"),
        bits(line, "bitsPerCharacter", line.number("loss")),
        line.number("seconds"),
        line.number("charactersPerSecond"),
        line.number("gradientNorm"),
        line.number("learningRate"),
        validation,
        validation == null ? null : bits(line, "validationBitsPerCharacter", Math.log(validation)));
  }

  /** Where a line has none, it is of the time when all tokens were characters. */
  private static double bits(JsonObject line, String name, double loss) {
    return line.values().containsKey(name) ? line.number(name) : loss / Math.log(2);
  }

  /** What {@link #writePerplexity} wrote. */
  private static double perplexity(JsonObject line, String name) {
    return line.isNull(name) ? Double.POSITIVE_INFINITY : line.number(name);
  }
}
