package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Availability.Available;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BackendProvider} keeps. */
public abstract class BackendProviderContract {

  protected abstract BackendProvider provider();

  private Available available() {
    Availability availability = provider().availability();
    assertThat(availability).isInstanceOf(Available.class);
    return (Available) availability;
  }

  @Test
  void isFoundByItsName() {
    assertThat(BackendRegistry.installed().get(provider().name())).hasSameClassAs(provider());
  }

  @Test
  void tellsItsVersionAndDevices() {
    assertThat(available().version()).isNotBlank();
    assertThat(available().devices()).contains("cpu");
  }

  @Test
  void opensTheCpu() {
    try (Backend backend = provider().open(DeviceRequest.CPU, 1)) {
      assertThat(backend.device()).isEqualTo("cpu");
      assertThat(backend.version()).isNotBlank();
    }
  }

  @Test
  void opensSomeDeviceByItself() {
    try (Backend backend = provider().open(DeviceRequest.AUTO, 2)) {
      assertThat(available().devices()).contains(backend.device());
    }
  }

  @Test
  void refusesACudaDeviceThatIsNotThere() {
    DeviceRequest absent = DeviceRequest.parse("cuda:999");
    assertThatThrownBy(() -> provider().open(absent, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cuda:999")
        .hasMessageContaining("cpu");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Threads.MOST + 1, Integer.MAX_VALUE})
  void refusesANumberOfThreadsOutOfRange(int threads) {
    assertThatThrownBy(() -> provider().open(DeviceRequest.CPU, threads))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("found " + threads + "; expected a whole number from 1 to 1024");
  }

  @Test
  void closesTwice() {
    Backend backend = provider().open(DeviceRequest.CPU, 2);
    backend.close();
    backend.close();
  }
}
