package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.testkit.OptimizerContract;

class ScratchOptimizerTest extends OptimizerContract {
  @Override
  protected Backend open() {
    return new ScratchBackend(KernelChoice.here().kernels(), 2);
  }
}
