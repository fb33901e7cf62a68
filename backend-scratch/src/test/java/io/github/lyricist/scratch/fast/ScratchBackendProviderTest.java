package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.testkit.BackendProviderContract;

class ScratchBackendProviderTest extends BackendProviderContract {
  @Override
  protected BackendProvider provider() {
    return new ScratchBackendProvider();
  }
}
