package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("batchSize", "steps", "type");

  @Test
  void findsWhatWasMeant() {
    assertThat(NearestName.of("bachSize", NAMES)).contains("batchSize");
    assertThat(NearestName.of("STEPS", NAMES)).contains("steps");
    assertThat(NearestName.of("hidden", NAMES)).isEmpty();
  }

  @Test
  void whatIsVeryLongIsNearToNothing() {
    String name = "n".repeat(100);
    assertThat(NearestName.of(name, List.of(name))).contains(name);
    assertThat(NearestName.of(name + "n", List.of(name))).isEmpty();
  }
}
