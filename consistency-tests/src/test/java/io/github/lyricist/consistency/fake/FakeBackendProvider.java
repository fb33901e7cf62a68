package io.github.lyricist.consistency.fake;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import java.util.List;

/** The engine {@code fake}. */
public final class FakeBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Availability availability() {
    return new Availability.Available("Fake 1", List.of("cpu"), "");
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    return new FakeBackend();
  }
}
