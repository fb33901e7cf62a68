package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.scratch.PlainJava;
import java.util.List;

/** The engine {@code reference}: the formulas as plain loops, to be read and stepped through. */
public final class ReferenceBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Availability availability() {
    return new Availability.Available(
        PlainJava.version(), List.of("cpu"), "plain loops on one thread, to be read");
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    PlainJava.requireCpu(requested, name());
    Threads.require(threads);
    return new ReferenceBackend(RecurrentCell::of);
  }
}
