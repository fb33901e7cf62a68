package io.github.lyricist.scratch.fast;

import io.github.lyricist.testkit.AgreementContract;

class ScratchAgreementTest extends AgreementContract {
  @Override
  protected String engine() {
    return "scratch";
  }
}
