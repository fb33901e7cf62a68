package io.github.lyricist.djl;

import io.github.lyricist.testkit.AgreementContract;

class DjlAgreementTest extends AgreementContract {
  @Override
  protected String engine() {
    return DjlBackendProvider.NAME;
  }
}
