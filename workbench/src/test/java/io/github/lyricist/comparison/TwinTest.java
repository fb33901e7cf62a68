package io.github.lyricist.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import org.junit.jupiter.api.Test;

class TwinTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 6, 2, 6, true, 0, false);
  private static final RandomStreams RANDOM = new RandomStreams(3);

  private static Parameters parameters() {
    return new Initialization(Initialization.Type.PYTORCH, 0.01).draw(SPEC, 9, RANDOM);
  }

  private static Parameters twin(int number) {
    Parameters parameters = parameters();
    Twin.move(parameters, SPEC, RANDOM, number);
    return parameters;
  }

  @Test
  void isMovedByOneUnitInTheLastPlaceUpOrDown() {
    Parameters original = parameters();
    Parameters twin = twin(1);
    int up = 0;
    int down = 0;
    for (String name : original.names()) {
      for (int i = 0; i < original.get(name).length; i++) {
        float from = original.get(name)[i];
        float to = twin.get(name)[i];
        if (!SPEC.isTrained(name) && !name.equals("linear.weight")) {
          assertThat(to).as(name).isEqualTo(from);
        } else if (to == Math.nextUp(from)) {
          up++;
        } else {
          assertThat(to).as(name).isEqualTo(Math.nextDown(from));
          down++;
        }
      }
    }
    assertThat(Math.abs(up - down)).isLessThan((up + down) / 4);
    assertThat(twin.get("linear.weight")).containsExactly(twin.get("embedding.weight"));
  }

  @Test
  void isTheSameEachTimeButDiffersFromTheOther() {
    assertThat(twin(1).get("rnn.weight_hh_l0")).containsExactly(twin(1).get("rnn.weight_hh_l0"));
    assertThat(twin(1).get("rnn.weight_hh_l0")).isNotEqualTo(twin(2).get("rnn.weight_hh_l0"));
  }
}
