package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.random.RandomStreams;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final ModelSpec MODEL = new ModelSpec(Cell.LSTM, 51, 2, null, false, 0.3, true);
  private static final int POSITIONS = 101;

  private final Dropout dropout = new Dropout(MODEL, new RandomStreams(1));

  private float[] mask(int epoch, int batch, int layer) {
    return dropout.masks(epoch, batch, POSITIONS).ofLayers().get(layer).clone();
  }

  @Test
  void dropsTheFractionAskedForAndScalesTheRest() {
    for (float[] mask : dropout.masks(1, 0, POSITIONS).ofLayers()) {
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
    assertThat(new Dropout(MODEL, new RandomStreams(2)).masks(2, 3, POSITIONS).ofLayers().get(0))
        .isNotEqualTo(mask);
  }

  @Test
  void everyLayerHasAMaskAndTheNextBatchReusesIt() {
    DropoutMasks first = dropout.masks(1, 0, POSITIONS);
    assertThat(first.ofLayers()).hasSize(2);
    assertThat(first.isEmpty()).isFalse();
    assertThat(dropout.masks(1, 1, POSITIONS)).isSameAs(first);
    assertThat(dropout.masks(1, 2, 1).ofLayers().get(1)).hasSize(51);
    assertThat(DropoutMasks.NONE.isEmpty()).isTrue();
  }

  @Test
  void thereIsNoneWithoutDropout() {
    assertThat(new Dropout(MODEL.withDropout(0), new RandomStreams(1)).masks(1, 0, 9).ofLayers())
        .isEqualTo(List.of());
  }
}
