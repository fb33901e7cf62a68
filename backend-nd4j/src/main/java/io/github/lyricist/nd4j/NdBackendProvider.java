package io.github.lyricist.nd4j;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.backend.Threads;
import java.util.ArrayList;
import java.util.List;

/** The engine {@code nd4j}: ND4J with OpenBLAS, on the CPU. */
public final class NdBackendProvider implements BackendProvider {
  static final String NAME = "nd4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Availability availability() {
    return NativeLibraries.areThere()
        ? new Availability.Available(NativeLibraries.version(), List.of("cpu"), "OpenBLAS")
        : new Availability.Unavailable(
            "the class path has no native libraries of it for " + NativePlatform.name());
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    if (requested.kind() == DeviceRequest.Kind.CUDA) {
      throw InvalidInputException.ofKey(
          "device",
          "the backend " + NAME + " has no device " + requested + ", only cpu",
          "use device: cpu, or a backend that computes on CUDA");
    }
    List<String> notices = new ArrayList<>();
    NativeLibraries.load(Threads.require(threads), notices::add);
    return new NdBackend(threads, notices);
  }
}
