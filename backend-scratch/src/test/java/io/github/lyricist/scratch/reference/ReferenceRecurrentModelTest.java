package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.testkit.RecurrentModelContract;

class ReferenceRecurrentModelTest extends RecurrentModelContract {
  @Override
  protected Backend open() {
    return new ReferenceBackend(RecurrentCell::of);
  }
}
