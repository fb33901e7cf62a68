package io.github.lyricist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static Parameters twoArrays() {
    Parameters parameters = new Parameters();
    parameters.put("b", new Shape(2, 3), new float[6]);
    parameters.put("a", new Shape(2), new float[] {1, 2});
    return parameters;
  }

  @Test
  void keepsTheOrderInWhichArraysWereAdded() {
    assertThat(twoArrays().names()).containsExactly("b", "a");
    assertThat(twoArrays().count()).isEqualTo(8);
    assertThat(twoArrays().get("a")).containsExactly(1, 2);
    assertThat(twoArrays().shape("b")).isEqualTo(new Shape(2, 3));
  }

  @Test
  void refusesAnArrayThatDoesNotFillItsShape() {
    assertThatThrownBy(() -> new Parameters().put("w", new Shape(2, 3), new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w: expected 6 elements for [2, 3], found 5");
  }

  @Test
  void namesWhatItHasWhenAskedForWhatItHasNot() {
    assertThatThrownBy(() -> twoArrays().get("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter c among [b, a]");
    assertThatThrownBy(() -> twoArrays().shape("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter c among [b, a]");
  }

  @Test
  void requiresExactlyTheShapesOfAModel() {
    Map<String, Shape> same = Map.of("a", new Shape(2), "b", new Shape(2, 3));
    twoArrays().requireShapes(same);

    for (Map<String, Shape> other :
        List.of(
            Map.of("a", new Shape(2)),
            Map.of("a", new Shape(2), "b", new Shape(3, 2)),
            Map.of("a", new Shape(2), "b", new Shape(2, 3), "c", new Shape(1)))) {
      assertThatThrownBy(() -> twoArrays().requireShapes(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected parameters " + other + ", found {b=[2, 3], a=[2]}");
    }
  }

  @Test
  void aShapeTooLargeForALongIsAnErrorNotAWrongSize() {
    Shape shape = new Shape(1 << 30, 1 << 30, 1 << 30);

    assertThat(new Shape(1 << 30, 4).size()).isEqualTo(1L << 32);
    assertThatThrownBy(shape::size).isInstanceOf(ArithmeticException.class);
  }
}
