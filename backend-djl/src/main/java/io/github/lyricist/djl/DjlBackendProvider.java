package io.github.lyricist.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.backend.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The engine {@code djl}: PyTorch through DJL, on the CPU or on CUDA. */
public final class DjlBackendProvider implements BackendProvider {
  static final String NAME = "djl";

  private final Supplier<NativeLibraries> onClassPath;

  public DjlBackendProvider() {
    this(NativeLibraries::onClassPath);
  }

  /**
   * @param onClassPath finds the native libraries, or throws a {@link RunFailedException}
   */
  DjlBackendProvider(Supplier<NativeLibraries> onClassPath) {
    this.onClassPath = onClassPath;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Availability availability() {
    NativeLibraries libraries;
    try {
      libraries = onClassPath.get();
    } catch (RunFailedException e) {
      return new Availability.Unavailable(String.valueOf(e.getMessage()));
    }
    String platform = NativePlatform.name();
    return platform.equals(NativePlatform.name(libraries.platform()))
        ? new Availability.Available(libraries.version(), libraries.devices(), libraries.note())
        : new Availability.Unavailable(
            "its native libraries are for %s, and this is %s"
                .formatted(libraries.platform(), platform));
  }

  @Override
  public Backend open(DeviceRequest requested, int threads) {
    NativeLibraries libraries = onClassPath.get();
    if (requested.kind() == DeviceRequest.Kind.CUDA
        && !libraries.devices().contains(requested.toString())) {
      throw InvalidInputException.ofKey(
          "device",
          "the backend %s has no device %s, only %s (PyTorch's %s libraries)"
              .formatted(
                  NAME, requested, String.join(", ", libraries.devices()), libraries.flavor()),
          "use one of these; for NVIDIA GPUs build with -Dcuda, as the README says");
    }
    List<String> notices = new ArrayList<>();
    Engine engine = libraries.load(Threads.require(threads), notices::add);
    return new DjlBackend(
        engine, libraries.version(), device(requested, libraries, engine), notices);
  }

  /**
   * The device asked for; {@code auto} is the first that PyTorch sees, the CPU if there is none.
   */
  private static Device device(DeviceRequest requested, NativeLibraries libraries, Engine engine) {
    return switch (requested.kind()) {
      case CPU -> Device.cpu();
      case CUDA -> Device.gpu(requested.index());
      case AUTO ->
          libraries.areForCuda() && engine.getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    };
  }
}
