package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.scratch.PlainJava;
import io.github.lyricist.scratch.kernels.KernelChoice;
import java.util.List;

/** The engine {@code scratch}: plain Java, for speed. */
public final class ScratchBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "scratch";
  }

  @Override
  public Availability availability() {
    KernelChoice choice = KernelChoice.here();
    String reason = choice.reasonAgainstVectors();
    return new Availability.Available(
        PlainJava.version(),
        List.of("cpu"),
        choice.kernels().description() + (reason == null ? "" : ": " + reason));
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    PlainJava.requireCpu(requested, name());
    return new ScratchBackend(KernelChoice.here().kernels(), threads);
  }
}
