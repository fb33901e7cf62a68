package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class PieceCountsTest {
  @Test
  void theRarestAreForgottenWhereThereAreTooMany() {
    PieceCounts counts = new PieceCounts(new WordPieces(), 100);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("often word%d\n".formatted(i));
    }
    counts.read(Characters.of(text));
    assertThat(counts.from(1).size()).isLessThanOrEqualTo(100);
    assertThat(counts.from(4000))
        .containsExactly(entry("\n", 5000L), entry(" ", 5000L), entry("often", 5000L));
  }
}
