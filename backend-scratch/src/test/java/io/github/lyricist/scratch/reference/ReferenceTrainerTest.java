package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.testkit.TrainerContract;

class ReferenceTrainerTest extends TrainerContract {
  @Override
  protected Backend open() {
    return new ReferenceBackend(RecurrentCell::of);
  }
}
