package io.github.lyricist.nd4j;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.testkit.MemoryNeedContract;

class NdMemoryNeedTest extends MemoryNeedContract {
  @Override
  protected Backend open() {
    return new NdBackendProvider().open(DeviceRequest.CPU, 2);
  }
}
