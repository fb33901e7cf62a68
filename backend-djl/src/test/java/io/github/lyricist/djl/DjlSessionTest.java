package io.github.lyricist.djl;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.testkit.SessionContract;

class DjlSessionTest extends SessionContract {
  @Override
  protected Backend open() {
    return new DjlBackendProvider().open(DeviceRequest.CPU, 2);
  }
}
