package io.github.lyricist.djl;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.testkit.MemoryNeedContract;

class DjlMemoryNeedTest extends MemoryNeedContract {
  @Override
  protected Backend open() {
    return new DjlBackendProvider().open(DeviceRequest.CPU, 2);
  }
}
