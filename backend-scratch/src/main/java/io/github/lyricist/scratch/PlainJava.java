package io.github.lyricist.scratch;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.DeviceRequest;

/** What both engines of this module have in common. */
public final class PlainJava {
  private PlainJava() {}

  public static String version() {
    return "Lyricist " + Build.current().version();
  }

  /** Plain Java computes on the CPU alone. */
  public static void requireCpu(DeviceRequest requested, String backend) {
    if (requested.kind() == DeviceRequest.Kind.CUDA) {
      throw InvalidInputException.ofKey(
          "device",
          "the backend " + backend + " has no device " + requested + ", only cpu",
          "use device: cpu, or a backend that computes on CUDA");
    }
  }
}
