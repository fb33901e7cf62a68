package io.github.lyricist.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1024})
  void takesTheNumberAskedFor(int threads) {
    assertThat(Threads.orCores(threads)).isEqualTo(threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1025, Integer.MAX_VALUE})
  void refusesANumberOutOfRange(int threads) {
    assertThatThrownBy(() -> Threads.orCores(threads))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("found " + threads + "; expected a whole number from 1 to 1024");
  }

  @Test
  void isTheMachinesCoresWhereNoneIsAskedFor() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(Threads.orCores(null)).isEqualTo(Math.min(1024, cores));
  }

  @Test
  void moreThreadsThanCoresAreCalledSlower() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(Threads.notice(cores)).isEmpty();
    assertThat(Threads.notice(cores + 1))
        .get()
        .asString()
        .startsWith(cores + 1 + " threads take turns on " + cores + " core");
  }
}
