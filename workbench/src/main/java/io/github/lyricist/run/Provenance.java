package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.BoundedFile;
import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.corpus.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: where a run's results come from.
 *
 * @param build the Lyricist that ran
 * @param backend the engine's name
 * @param backendVersion the engine and its version
 * @param device the device it computed on
 * @param threads how many threads it computed with
 * @param text the text it learned from
 * @param start when it began
 * @param resumed when it was last gone on with, or null if it never was
 * @param end when it ended, or null while it runs
 * @param status how it ended, if it did
 */
public record Provenance(
    Build build,
    String backend,
    String backendVersion,
    String device,
    int threads,
    Text text,
    Instant start,
    @Nullable Instant resumed,
    @Nullable Instant end,
    Status status) {
  /** The file in a run directory. */
  public static final String FILE = "run.json";

  /** How far a run has come. */
  public enum Status {
    RUNNING,
    FINISHED,
    INTERRUPTED,
    DIVERGED,
    FAILED
  }

  /**
   * A text that was learned from.
   *
   * @param source where it came from, as the user named it
   * @param sha256 of its characters as UTF-8, in hexadecimal
   * @param characters how many it has
   * @param vocabulary V, the number of tokens that are distinguished
   */
  public record Text(String source, String sha256, long characters, int vocabulary) {
    /** Of a corpus, without keeping it. */
    public static Text of(Corpus corpus) {
      return new Text(
          corpus.source(), corpus.sha256(), corpus.characters(), corpus.tokenizer().size());
    }
  }

  /** The same run, ended. */
  public Provenance ended(Instant end, Status status) {
    return new Provenance(
        build, backend, backendVersion, device, threads, text, start, resumed, end, status);
  }

  /**
   * When a run began.
   *
   * @throws InvalidInputException if its {@code run.json} doesn't tell
   */
  public static Instant start(Path runDirectory) {
    JsonObject run = object(runDirectory);
    try {
      return Instant.parse(run.text("start"));
    } catch (DateTimeParseException e) {
      throw run.broken("has no time 'start'");
    }
  }

  /**
   * Whether a run came to its end.
   *
   * @throws InvalidInputException if its {@code run.json} doesn't tell
   */
  public static boolean hasFinished(Path runDirectory) {
    return object(runDirectory).text("status").equals(text(Status.FINISHED));
  }

  private static String text(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a run's file says, by dotted key, such as {@code corpus.source}: of this version of the
   * program or of another one.
   *
   * @throws io.github.lyricist.InvalidInputException if there is no such file, or it is broken
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static Map<String, @Nullable String> read(Path runDirectory) {
    return object(runDirectory).values();
  }

  private static JsonObject object(Path runDirectory) {
    Path file = runDirectory.resolve(FILE);
    return JsonObject.parse(
        file.toString(), BoundedFile.text(file, Limits.PROVENANCE_BYTES, JsonObject.WHAT_TO_DO));
  }

  void write(OutputStream out) throws IOException {
    JsonObject.write(out, this::writeFields);
  }

  private void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("version", build.version());
    json.writeStringField("commit", build.commit());
    json.writeStringField("backend", backend);
    json.writeStringField("backendVersion", backendVersion);
    json.writeStringField("device", device);
    json.writeNumberField("threads", threads);
    json.writeStringField("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    json.writeStringField(
        "os",
        "%s %s (%s)"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    json.writeStringField("cpu", Processor.name());
    json.writeObjectFieldStart("corpus");
    json.writeStringField("source", text.source());
    json.writeStringField("sha256", text.sha256());
    json.writeNumberField("characters", text.characters());
    json.writeNumberField("vocabulary", text.vocabulary());
    json.writeEndObject();
    json.writeStringField("start", start.toString());
    writeTime(json, "resumed", resumed);
    writeTime(json, "end", end);
    json.writeStringField("status", text(status));
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, time.toString());
    }
  }
}
