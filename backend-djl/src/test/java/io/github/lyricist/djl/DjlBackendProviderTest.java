package io.github.lyricist.djl;

import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.testkit.BackendProviderContract;

class DjlBackendProviderTest extends BackendProviderContract {
  @Override
  protected BackendProvider provider() {
    return new DjlBackendProvider();
  }
}
