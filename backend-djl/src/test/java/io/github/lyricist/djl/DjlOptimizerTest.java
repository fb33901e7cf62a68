package io.github.lyricist.djl;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.testkit.OptimizerContract;

class DjlOptimizerTest extends OptimizerContract {
  @Override
  protected Backend open() {
    return new DjlBackendProvider().open(DeviceRequest.CPU, 2);
  }
}
