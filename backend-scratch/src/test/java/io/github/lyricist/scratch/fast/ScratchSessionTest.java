package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.testkit.SessionContract;

class ScratchSessionTest extends SessionContract {
  @Override
  protected Backend open() {
    return new ScratchBackend(KernelChoice.here().kernels(), 2);
  }
}
