package io.github.lyricist.nd4j;

import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.testkit.BackendProviderContract;

class NdBackendProviderTest extends BackendProviderContract {
  @Override
  protected BackendProvider provider() {
    return new NdBackendProvider();
  }
}
