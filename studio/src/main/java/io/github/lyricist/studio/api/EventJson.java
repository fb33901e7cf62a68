package io.github.lyricist.studio.api;

import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Previews;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Previewed;
import io.github.lyricist.training.TrainingEvent.StepTaken;

/** Tells of a training, as it goes. */
final class EventJson {
  private final Stream stream;

  EventJson(Stream stream) {
    this.stream = stream;
  }

  void tell(TrainingEvent event) {
    if (event instanceof Notice notice) {
      stream.event(
          json -> {
            json.writeStringField("kind", "notice");
            json.writeStringField("message", notice.message());
          });
    } else if (event instanceof EpochDone done) {
      stream.event(
          json -> {
            json.writeStringField("kind", "epoch");
            Metrics.writeFields(json, done.result());
          });
    } else if (event instanceof Previewed previewed) {
      previewed.previews().forEach(this::tell);
    } else if (event instanceof StepTaken step) {
      tell(step);
    }
  }

  private void tell(Preview preview) {
    stream.event(
        json -> {
          json.writeStringField("kind", "preview");
          Previews.writeFields(json, preview);
        });
  }

  private void tell(StepTaken step) {
    stream.event(
        json -> {
          json.writeStringField("kind", "step");
          json.writeNumberField("epoch", step.epoch());
          json.writeNumberField("batch", step.batch());
          json.writeNumberField("batches", step.batches());
          double perplexity = step.soFar().evaluation().perplexity();
          json.writeObjectField("perplexity", Double.isFinite(perplexity) ? perplexity : null);
          json.writeNumberField("gradientNorm", step.result().gradientNorm());
          json.writeNumberField("learningRate", step.learningRate());
          json.writeNumberField(
              "tokensPerSecond", step.soFar().predictions() / step.soFar().seconds());
        });
  }
}
