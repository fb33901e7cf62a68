package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HiddenStateTest {
  private static final int LENGTH = 2 * 5 * 3; // L*B*H

  private static HiddenState zero(Cell cell) {
    return HiddenState.zero(new ModelSpec(cell, 3, 2, null, false, 0, false), 5);
  }

  static List<Cell> cells() {
    return Cell.all();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void startsAtZeroWithTheStatesOfItsCell(Cell cell) {
    HiddenState state = zero(cell);

    assertThat(state.batchSize()).isEqualTo(5);
    assertThat(state.names()).containsExactlyElementsOf(cell.states());
    assertThat(state.names())
        .allSatisfy(name -> assertThat(state.get(name)).hasSize(LENGTH).containsOnly(0));
    assertThat(state.hidden()).isSameAs(state.get("hidden"));
  }

  @Test
  void namesAStateThatIsNotThere() {
    assertThatThrownBy(() -> zero(Cell.GRU).get("cell"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cell")
        .hasMessageContaining("hidden");
  }

  @Test
  void aCopyHasItsOwnNumbers() {
    HiddenState state = zero(Cell.LSTM);
    state.hidden()[29] = 1;
    state.get("cell")[0] = 2;

    HiddenState copy = state.copy();
    state.clear();

    assertThat(state.hidden()).containsOnly(0);
    assertThat(state.get("cell")).containsOnly(0);
    assertThat(copy.hidden()[29]).isEqualTo(1);
    assertThat(copy.get("cell")[0]).isEqualTo(2);
  }

  @Test
  void selectsSequencesInAnyOrderAndNumber() {
    HiddenState state = zero(Cell.LSTM);
    for (int i = 0; i < LENGTH; i++) {
      state.hidden()[i] = i;
      state.get("cell")[i] = -i;
    }

    HiddenState selected = state.select(4, 0, 4);

    assertThat(selected.batchSize()).isEqualTo(3);
    assertThat(selected.hidden())
        .containsExactly(12, 13, 14, 0, 1, 2, 12, 13, 14, 27, 28, 29, 15, 16, 17, 27, 28, 29);
    assertThat(selected.get("cell")[3]).isEqualTo(-0f);
    assertThat(selected.get("cell")[4]).isEqualTo(-1);
    assertThatThrownBy(() -> state.select(5)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void partsAreJoinedInTheirOrder(Cell cell) {
    HiddenState state = zero(cell);
    for (String name : state.names()) {
      for (int i = 0; i < LENGTH; i++) {
        state.get(name)[i] = i;
      }
    }
    HiddenState joined =
        HiddenState.joined(List.of(state.select(0, 1), state.select(2), state.select(3, 4)));
    assertThat(joined.batchSize()).isEqualTo(5);
    assertThat(joined.names())
        .allSatisfy(name -> assertThat(joined.get(name)).isEqualTo(state.get(name)));
  }
}
