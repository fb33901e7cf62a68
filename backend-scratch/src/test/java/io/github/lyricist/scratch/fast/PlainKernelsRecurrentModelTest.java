package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.testkit.RecurrentModelContract;

/** The fast path where there is no Vector API. */
class PlainKernelsRecurrentModelTest extends RecurrentModelContract {
  @Override
  protected Backend open() {
    return new ScratchBackend(KernelChoice.plain().kernels(), 2);
  }
}
