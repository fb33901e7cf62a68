package io.github.lyricist.consistency.fault;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import java.util.List;

/** The engine {@code faulty}, for a test that puts it on the program's class path. */
public final class FaultyProvider implements BackendProvider {
  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public Availability availability() {
    return new Availability.Available("Faulty 1", List.of("cpu"), "");
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    return Fault.GRADIENT.open();
  }
}
