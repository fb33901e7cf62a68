package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HiddenStateTest {

  private static HiddenState zero(Cell cell) {
    return HiddenState.zero(new ModelSpec(cell, 3, 2, null, false, 0, false), 5);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void startsAtZeroAndOnlyAnLstmHasACellState(Cell cell) {
    HiddenState state = zero(cell);

    assertThat(state.batchSize()).isEqualTo(5);
    assertThat(state.hidden()).hasSize(2 * 5 * 3).containsOnly(0);
    if (cell == Cell.LSTM) {
      assertThat(state.cell()).hasSize(2 * 5 * 3).containsOnly(0);
    } else {
      assertThat(state.cell()).isNull();
    }
  }

  @Test
  void aCopyHasItsOwnNumbers() {
    HiddenState state = zero(Cell.LSTM);
    state.hidden()[29] = 1;
    cell(state)[0] = 2;

    HiddenState copy = state.copy();
    state.clear();

    assertThat(state.hidden()).containsOnly(0);
    assertThat(state.cell()).containsOnly(0);
    assertThat(copy.hidden()[29]).isEqualTo(1);
    assertThat(cell(copy)[0]).isEqualTo(2);
  }

  private static float[] cell(HiddenState state) {
    float[] cell = state.cell();
    assertThat(cell).isNotNull();
    return cell == null ? new float[0] : cell;
  }
}
