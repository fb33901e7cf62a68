package io.github.lyricist.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BenchmarkTest {
  private static final Workload RNN = new Workload(Cell.RNN, 1, null, 256, 1027, 32, 35);
  private static final Workload LSTM = new Workload(Cell.LSTM, 1, null, 256, 1027, 32, 35);

  @Test
  void countsTheOperationsOfAStep() {
    assertThat(RNN.operations()).isEqualTo(6.0 * 1120 * 256 * (256 + 1027));
    assertThat(LSTM.operations() / 1e9).isCloseTo(3.5, within(0.05));
    assertThat(new Workload(Cell.GRU, 2, 10, 128, 65, 50, 50).operations())
        .isEqualTo(6.0 * 2500 * 128 * (3 * (10 + 128 + 128 + 128) + 65));
  }

  @Test
  void isNamedByItsShape() {
    assertThat(LSTM).hasToString("lstm, H=256, V=1027, B=32, T=35");
    assertThat(new Workload(Cell.GRU, 2, 10, 128, 65, 50, 40))
        .hasToString("gru, L=2, H=128, E=10, V=65, B=50, T=40");
  }

  @Test
  void findsTheMiddleHalf() {
    assertThat(Spread.of(5, 1, 4, 2, 3)).isEqualTo(new Spread(3, 2, 4));
    assertThat(Spread.of(1, 2)).isEqualTo(new Spread(1.5, 1.25, 1.75));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void knowsTheFastestAndTheHighestRate() {
    Benchmark benchmark =
        new Benchmark(
            2,
            Map.of(),
            Map.of("a", 100.0, "b", 150.0),
            List.of(
                new Timing("a", RNN, new Spread(20, 19, 21), OptionalLong.empty()),
                new Timing("b", RNN, new Spread(10, 9, 11), OptionalLong.empty()),
                new Timing("a", LSTM, new Spread(30, 29, 31), OptionalLong.empty())));
    assertThat(benchmark.rate()).isEqualTo(150);
    assertThat(benchmark.fastest(RNN)).isEqualTo(10);
    assertThat(benchmark.fastest(LSTM)).isEqualTo(30);
    assertThat(benchmark.timings().get(1).gigaflops()).isCloseTo(220.7, within(0.1));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsThatMemoryWasHeld() {
    byte[] held = new byte[64 << 20];
    Arrays.fill(held, (byte) 1);
    assertThat(PeakMemory.bytes().orElseThrow()).isGreaterThan(held.length);
  }

  @Test
  void refusesWhatCannotBeTimed() {
    assertThatThrownBy(() -> new Workload(Cell.RNN, 1, null, 0, 1, 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--hidden: found 0; expected 1 or more");
  }
}
