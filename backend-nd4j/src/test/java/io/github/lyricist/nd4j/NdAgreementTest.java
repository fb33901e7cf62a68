package io.github.lyricist.nd4j;

import io.github.lyricist.testkit.AgreementContract;

class NdAgreementTest extends AgreementContract {
  @Override
  protected String engine() {
    return NdBackendProvider.NAME;
  }
}
