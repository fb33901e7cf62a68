package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.testkit.OptimizerContract;

class ReferenceOptimizerTest extends OptimizerContract {
  @Override
  protected Backend open() {
    return new ReferenceBackend(RecurrentCell::of);
  }
}
