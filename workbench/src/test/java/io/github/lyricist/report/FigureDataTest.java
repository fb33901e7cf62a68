package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Curve.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureDataTest {
  private static Curve curve(double... values) {
    List<Sample> samples =
        IntStream.rangeClosed(1, values.length)
            .mapToObj(epoch -> new Sample(epoch, values[epoch - 1]))
            .toList();
    return new Curve("run", Ink.ORANGE, Dash.NONE, samples, Set.of());
  }

  private static Curve ofLength(int epochs) {
    return curve(IntStream.rangeClosed(1, epochs).asDoubleStream().toArray());
  }

  private static String curves(Curve... curves) {
    return FigureData.curves(new Plot("title", true, List.of(curves)));
  }

  private static String epochs(List<Integer> epochs) {
    return "\"epochs\":" + epochs.toString().replace(" ", "") + ",";
  }

  @Test
  void longRunsAreThinnedAtTheSameEpochsButForTheirEnds() {
    List<Integer> thirds = new ArrayList<>(List.of(1));
    IntStream.rangeClosed(1, 1000).forEach(number -> thirds.add(3 * number));
    String shorter = epochs(thirds);
    thirds.add(3001);
    assertThat(curves(ofLength(3001), ofLength(3000))).contains(shorter, epochs(thirds));
  }

  @Test
  void aValueIsANumberHoweverLargeAndAGapIsNull() {
    assertThat(curves(curve(1e300, Double.POSITIVE_INFINITY, Double.NaN, 0, 1.23456789e-60)))
        .contains("\"values\":[1.0E300,null,null,null,1.234568E-60]}");
  }
}
