package io.github.lyricist.nd4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NdCellsTest {
  private record Foreign(String name, List<String> gates, List<String> states) implements Cell {
    @Override
    public Map<String, Shape> parameters(int layer, int inputs, int hidden) {
      return Cell.RNN.parameters(layer, inputs, hidden);
    }
  }

  @Test
  void refusesACellThatItDoesNotHave() {
    Cell foreign = new Foreign("mingru", List.of("z"), List.of("hidden"));
    assertThatThrownBy(() -> RecurrentSequence.of(foreign))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the engine nd4j has no cell 'mingru'; choose one of: rnn, gru, lstm");
  }
}
