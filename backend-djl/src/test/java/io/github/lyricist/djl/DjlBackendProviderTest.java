package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.Availability.Unavailable;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.testkit.BackendProviderContract;
import org.junit.jupiter.api.Test;

class DjlBackendProviderTest extends BackendProviderContract {
  @Override
  protected BackendProvider provider() {
    return new DjlBackendProvider();
  }

  @Test
  void isNotAvailableWhereAPartOfItIsMissing() {
    BackendProvider damaged =
        new DjlBackendProvider(
            () -> {
              throw new RunFailedException("the class path has no /x.properties");
            });
    assertThat(damaged.availability())
        .isEqualTo(new Unavailable("the class path has no /x.properties"));
  }
}
