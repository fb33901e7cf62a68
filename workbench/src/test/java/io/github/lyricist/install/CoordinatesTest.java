package io.github.lyricist.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatesTest {

  @Test
  void nameAJar() {
    assertThat(Coordinates.parse("ai.djl:api:0.36.0").fileName()).isEqualTo("api-0.36.0.jar");
    Coordinates classified = Coordinates.parse("org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64");
    assertThat(classified.fileName()).isEqualTo("nd4j-native-1.0.0-M2.1-linux-x86_64.jar");
    assertThat(classified).hasToString("org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a:b:", "a:b:c:d:e", "a:../b:1", "a:b:<1>"})
  void othersAreNone(String text) {
    assertThatThrownBy(() -> Coordinates.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no coordinates: " + text);
  }
}
