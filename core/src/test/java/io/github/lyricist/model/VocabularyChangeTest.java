package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VocabularyChangeTest {
  private static final int[] NEW_IDS = {2, 0, 3, 1};

  private static float[] copied(ModelSpec spec, String name, int newSize, float... from) {
    float[] to = new float[from.length / NEW_IDS.length * newSize];
    new VocabularyChange(spec, NEW_IDS, newSize).copy(name, from, to);
    return to;
  }

  private final ModelSpec oneHot = ModelSpec.DEFAULT;
  private final ModelSpec embedded = new ModelSpec(Cell.RNN, 2, 1, 2, false, 0, true);

  @Test
  void rowsGoWithTheirTokens() {
    assertThat(copied(oneHot, "linear.bias", 4, 0, 1, 2, 3)).containsExactly(1, 3, 0, 2);
    assertThat(copied(embedded, "embedding.weight", 5, 0, 0, 1, 1, 2, 2, 3, 3))
        .containsExactly(1, 1, 3, 3, 0, 0, 2, 2, 0, 0);
  }

  @Test
  void andSoDoColumns() {
    assertThat(copied(oneHot, "rnn.weight_ih_l0", 4, 0, 1, 2, 3, 4, 5, 6, 7))
        .containsExactly(1, 3, 0, 2, 5, 7, 4, 6);
    assertThat(copied(oneHot, "rnn.weight_ih_l0", 5, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(2, 4, 1, 3, 0, 6, 8, 5, 7, 0);
  }

  @Test
  void allElseStays() {
    assertThat(copied(embedded, "rnn.weight_ih_l0", 4, 0, 1, 2, 3)).containsExactly(0, 1, 2, 3);
    assertThat(copied(oneHot, "rnn.weight_hh_l0", 4, 0, 1, 2, 3)).containsExactly(0, 1, 2, 3);
  }
}
