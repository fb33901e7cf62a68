package io.github.lyricist.report;

import io.github.lyricist.report.Curve.Sample;
import io.github.lyricist.run.JsonText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the page's script reads of a figure, to show the values under the pointer: JSON. */
final class FigureData {
  /** More than a plot has columns of pixels; of longer runs every so many-th epoch. */
  private static final int MOST_SAMPLES = 1500;

  /** More than the script shows. */
  private static final MathContext SHOWN_DIGITS = new MathContext(7);

  private FigureData() {}

  /**
   * Of each curve its name, colour, epochs and values; null for a value that is not drawn. A curve
   * without a name is scenery.
   */
  static String curves(Plot plot) {
    return JsonText.of(
        json -> {
          json.writeStartArray();
          Set<Integer> epochs = epochs(plot);
          for (Curve curve : plot.curves()) {
            if (curve.name().isEmpty()) {
              continue;
            }
            json.writeStartObject();
            json.writeStringField("name", curve.name());
            json.writeStringField("ink", curve.ink().css());
            List<Sample> samples =
                curve.samples().stream().filter(sample -> epochs.contains(sample.epoch())).toList();
            json.writeArrayFieldStart("epochs");
            for (Sample sample : samples) {
              json.writeNumber(sample.epoch());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("values");
            for (Sample sample : samples) {
              if (sample.isDrawn(plot.logarithmic())) {
                json.writeNumber(
                    BigDecimal.valueOf(sample.value()).round(SHOWN_DIGITS).doubleValue());
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

  /** The same for all curves, so that the values of one epoch stand side by side. */
  private static Set<Integer> epochs(Plot plot) {
    Set<Integer> all = new TreeSet<>();
    plot.curves().forEach(curve -> curve.samples().forEach(sample -> all.add(sample.epoch())));
    int step = 1 + (all.size() - 1) / MOST_SAMPLES;
    Set<Integer> ends = new HashSet<>();
    for (Curve curve : plot.curves()) {
      List<Sample> samples = curve.samples();
      if (!samples.isEmpty()) {
        ends.add(samples.get(0).epoch());
        ends.add(samples.get(samples.size() - 1).epoch());
      }
    }
    all.removeIf(epoch -> epoch % step != 0 && !ends.contains(epoch));
    return all;
  }

  /** Where on its picture the curves lie, and between which values. */
  static String frame(Frame frame) {
    return JsonText.of(
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
}
