package io.github.lyricist.testkit.fake;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import java.util.List;

/** The engine {@code fake}. */
public final class FakeBackendProvider implements BackendProvider {
  private final List<String> notices;

  public FakeBackendProvider() {
    this(List.of());
  }

  /** An engine that says this of what it fell back from. */
  public FakeBackendProvider(List<String> notices) {
    this.notices = notices;
  }

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
    Threads.require(threads);
    return new FakeBackend(notices);
  }
}
