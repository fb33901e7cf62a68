package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  private static List<String> labels(List<Double> ticks) {
    return ticks.stream().map(Ticks::label).toList();
  }

  @Test
  void aSmallRangeHasEvenlySpacedOnes() {
    assertThat(labels(Ticks.logarithmic(0.99, 1.31, 8)))
        .containsExactly("1", "1.05", "1.1", "1.15", "1.2", "1.25", "1.3");
  }

  @Test
  void aLargeRangeHasDecades() {
    assertThat(labels(Ticks.logarithmic(1.1, 1200, 8)))
        .containsExactly("3", "10", "30", "100", "300", "1,000");
    assertThat(labels(Ticks.logarithmic(9, 900, 8)))
        .containsExactly("10", "20", "30", "50", "100", "200", "300", "500");
    assertThat(labels(Ticks.logarithmic(1, 1e300, 8)))
        .containsExactly("1", "1e50", "1e100", "1e150", "1e200", "1e250", "1e300");
  }

  @ParameterizedTest
  @CsvSource({"0.995,1.005", "1,3.1", "1,10", "1.2,3500", "1,1e9", "1e-5,1e-3", "1e-300,1e300"})
  void thereAreSomeButNotTooMany(double low, double high) {
    for (int most = 4; most <= 10; most++) {
      List<Double> ticks = Ticks.logarithmic(low, high, most);
      assertThat(ticks)
          .as("at most %d", most)
          .hasSizeBetween(2, most + 1)
          .allMatch(tick -> tick >= low && tick <= high)
          .isSorted();
      assertThat(labels(ticks)).doesNotHaveDuplicates();
    }
  }

  @Test
  void epochsAreWholeAndTheFirstAndTheLastAreThere() {
    assertThat(labels(Axis.ofEpochs(1, 250, 14).ticks()))
        .startsWith("1", "20", "40")
        .endsWith("220", "250"); // 240 would have no room
    assertThat(labels(Axis.ofEpochs(1, 10_000, 14).ticks()))
        .startsWith("1", "1,000", "2,000")
        .endsWith("9,000", "10,000");
    assertThat(labels(Axis.ofEpochs(990, 1013, 5).ticks()))
        .containsExactly("990", "995", "1,000", "1,005", "1,010", "1,013");
    assertThat(labels(Axis.ofEpochs(1, 4, 14).ticks())).containsExactly("1", "2", "3", "4");
    assertThat(labels(Axis.ofEpochs(1, 2, 14).ticks())).containsExactly("1", "2");
    assertThat(labels(Axis.ofEpochs(1, 1, 14).ticks())).containsExactly("1");
  }
}
