package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.testkit.SessionContract;

class PlainKernelsSessionTest extends SessionContract {
  @Override
  protected Backend open() {
    return new ScratchBackend(KernelChoice.plain().kernels(), 2);
  }
}
