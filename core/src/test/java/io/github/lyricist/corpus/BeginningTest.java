package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeginningTest {
  @ParameterizedTest
  @CsvSource({
    "'The sun, the sea', The",
    "'  \n\"Don''t stop\"', Don't",
    "'1984 was', 1984",
    "想要有直升机 想要和你, 想要",
    "《春》 雨, 春",
    "はなが さく, はな",
    "사랑은 늘, 사랑은",
    "Être là, Être",
    "a, a",
    "'... ', .",
    "' ', ' '",
    "Pneumonoultramicroscopicsilicovolcanoconiosis, Pneumonoultramicrosc",
    "😀 sad, sad"
  })
  void theFirstWordOrTwoCharacters(String text, String beginning) {
    assertThat(Beginning.of(TextCorpus.of("text", text))).isEqualTo(beginning);
  }
}
