package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.Kernels;

/** The engine {@code scratch} on kernels of a test's own. In its package, to be made. */
public final class ScratchOnKernels {
  private ScratchOnKernels() {}

  public static Backend open(Kernels kernels, int threads) {
    return new ScratchBackend(kernels, threads);
  }
}
