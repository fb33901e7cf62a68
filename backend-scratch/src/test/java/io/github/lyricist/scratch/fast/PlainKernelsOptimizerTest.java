package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.testkit.OptimizerContract;

/** The fast path where there is no Vector API. */
class PlainKernelsOptimizerTest extends OptimizerContract {
  @Override
  protected Backend open() {
    return new ScratchBackend(KernelChoice.plain().kernels(), 2);
  }
}
