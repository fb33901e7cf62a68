package io.github.lyricist.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.report.Curve.Sample;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What the page's script reads of a figure, to show the values under the pointer: JSON. */
final class FigureData {
  /** More than a plot has columns of pixels; of longer runs every so many-th epoch. */
  private static final int MOST_SAMPLES = 1500;

  private FigureData() {}

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Of each curve its name, colour, epochs and values; null for a value that is not drawn. */
  static String curves(Plot plot) {
    return json(
        json -> {
          json.writeStartArray();
          for (Curve curve : plot.curves()) {
            json.writeStartObject();
            json.writeStringField("name", curve.name());
            json.writeStringField("ink", curve.ink().css());
            List<Sample> samples = thinned(curve.samples());
            json.writeArrayFieldStart("epochs");
            for (Sample sample : samples) {
              json.writeNumber(sample.epoch());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("values");
            for (Sample sample : samples) {
              if (sample.isDrawn(plot.logarithmic())) {
                json.writeNumber((float) sample.value());
              } else {
                json.writeNull();
              }
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static List<Sample> thinned(List<Sample> samples) {
    int step = 1 + (samples.size() - 1) / MOST_SAMPLES;
    return samples.stream()
        .filter(
            sample -> {
              int fromTheEnd = samples.get(samples.size() - 1).epoch() - sample.epoch();
              return fromTheEnd % step == 0;
            })
        .toList();
  }

  /** Where on its picture the curves lie, and between which values. */
  static String frame(Frame frame) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("x", frame.box().x());
          json.writeNumberField("y", frame.box().y());
          json.writeNumberField("width", frame.box().width());
          json.writeNumberField("height", frame.box().height());
          json.writeNumberField("first", frame.horizontal().low());
          json.writeNumberField("last", frame.horizontal().high());
          json.writeNumberField("low", frame.vertical().low());
          json.writeNumberField("high", frame.vertical().high());
          json.writeBooleanField("logarithmic", frame.vertical().logarithmic());
          json.writeEndObject();
        });
  }

  private static String json(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
