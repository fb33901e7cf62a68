package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.testkit.BackendProviderContract;

class ReferenceBackendProviderTest extends BackendProviderContract {
  @Override
  protected BackendProvider provider() {
    return new ReferenceBackendProvider();
  }
}
