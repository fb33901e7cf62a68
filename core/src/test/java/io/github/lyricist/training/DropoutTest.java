package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final ModelSpec MODEL = new ModelSpec(Cell.LSTM, 51, 2, null, false, 0.3, true);
  private static final int POSITIONS = 101;

  private final Dropout dropout = new Dropout(MODEL, Dropout.Kind.EACH, new RandomStreams(1));

  private float[] mask(int epoch, int batch, int layer) {
    return dropout.masks(epoch, batch, POSITIONS, 1).ofLayers().get(layer).clone();
  }

  @Test
  void dropsTheFractionAskedForAndScalesTheRest() {
    for (float[] mask : dropout.masks(1, 0, POSITIONS, 1).ofLayers()) {
      assertThat(mask).hasSize(POSITIONS * 51).containsOnly(0f, (float) (1 / 0.7));
      int dropped = 0;
      for (float element : mask) {
        dropped += element == 0 ? 1 : 0;
      }
      assertThat((double) dropped / mask.length).isCloseTo(0.3, within(0.02));
    }
  }

  @Test
  void theSameBatchHasTheSameMasksAndNoOtherHas() {
    float[] mask = mask(2, 3, 0);
    assertThat(mask(2, 3, 0)).isEqualTo(mask);
    assertThat(mask(2, 3, 1)).isNotEqualTo(mask);
    assertThat(mask(2, 4, 0)).isNotEqualTo(mask);
    assertThat(mask(3, 3, 0)).isNotEqualTo(mask);
    assertThat(
            new Dropout(MODEL, Dropout.Kind.EACH, new RandomStreams(2))
                .masks(2, 3, POSITIONS, 1)
                .ofLayers()
                .get(0))
        .isNotEqualTo(mask);
  }

  @Test
  void everyLayerHasAMaskAndTheNextBatchReusesIt() {
    DropoutMasks first = dropout.masks(1, 0, POSITIONS, 1);
    assertThat(first.ofLayers()).hasSize(2);
    assertThat(first.isEmpty()).isFalse();
    assertThat(dropout.masks(1, 1, POSITIONS, 1)).isSameAs(first);
    assertThat(dropout.masks(1, 2, 1, 1).ofLayers().get(1)).hasSize(51);
    assertThat(DropoutMasks.NONE.isEmpty()).isTrue();
  }

  @Test
  void thereIsNoneWithoutDropout() {
    assertThat(
            new Dropout(MODEL.withDropout(0), Dropout.Kind.EACH, new RandomStreams(1))
                .masks(1, 0, 9, 1)
                .ofLayers())
        .isEqualTo(List.of());
  }

  @Test
  void lockedRepeatsTheMaskOfOneStep() {
    Dropout locked = new Dropout(MODEL, Dropout.Kind.LOCKED, new RandomStreams(1));
    float[] mask = locked.masks(1, 0, 7, 3).ofLayers().get(1);
    int ofStep = 3 * MODEL.hidden();
    assertThat(mask).hasSize(7 * ofStep).containsOnly(0f, (float) (1 / 0.7));
    for (int t = 1; t < 7; t++) {
      assertThat(Arrays.copyOfRange(mask, t * ofStep, (t + 1) * ofStep))
          .isEqualTo(Arrays.copyOf(mask, ofStep));
    }
  }
}
