package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.scratch.PlainJava;
import io.github.lyricist.scratch.kernels.KernelChoice;
import java.util.List;

/** The engine {@code scratch}: plain Java, for speed. */
public final class ScratchBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "scratch";
  }

  /** Describes the automatic choice of kernels; another one is asked for when the engine opens. */
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
    Threads.require(threads);
    KernelChoice choice = KernelChoice.requested();
    String reason = choice.reasonAgainstVectors();
    return reason == null
        ? new ScratchBackend(choice.kernels(), threads)
        : new ScratchBackend(
            choice.kernels(), threads, "plain Java computes, far slower than vectors: " + reason);
  }
}
