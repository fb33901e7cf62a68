package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.lyricist.Build;
import io.github.lyricist.corpus.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: where a run's results come from.
 *
 * @param build the Lyricist that ran
 * @param backend the engine's name
 * @param backendVersion the engine and its version
 * @param device the device it computed on
 * @param threads how many threads it computed with
 * @param corpus the text it learned from
 * @param start when it began
 * @param end when it ended, or null while it runs
 * @param status how it ended, if it did
 */
public record Provenance(
    Build build,
    String backend,
    String backendVersion,
    String device,
    int threads,
    Corpus corpus,
    Instant start,
    @Nullable Instant end,
    Status status) {

  /** How far a run has come. */
  public enum Status {
    RUNNING,
    FINISHED,
    INTERRUPTED,
    FAILED
  }

  /** The same run, ended. */
  public Provenance ended(Instant end, Status status) {
    return new Provenance(
        build, backend, backendVersion, device, threads, corpus, start, end, status);
  }

  void write(OutputStream out) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartObject();
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
      json.writeStringField("source", corpus.source());
      json.writeStringField("sha256", corpus.sha256());
      json.writeNumberField("characters", corpus.size());
      json.writeNumberField("vocabulary", corpus.vocabulary().size());
      json.writeEndObject();
      json.writeStringField("start", start.toString());
      if (end == null) {
        json.writeNullField("end");
      } else {
        json.writeStringField("end", end.toString());
      }
      json.writeStringField("status", status.name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    out.write('\n');
  }
}
