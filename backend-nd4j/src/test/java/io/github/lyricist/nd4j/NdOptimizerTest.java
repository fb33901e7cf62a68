package io.github.lyricist.nd4j;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.testkit.OptimizerContract;

class NdOptimizerTest extends OptimizerContract {
  @Override
  protected Backend open() {
    return new NdBackendProvider().open(DeviceRequest.CPU, 2);
  }
}
