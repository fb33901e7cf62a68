package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.testkit.SessionContract;

class ReferenceSessionTest extends SessionContract {
  @Override
  protected Backend open() {
    return new ReferenceBackend(RecurrentCell::of);
  }
}
