package io.github.lyricist.phonetics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.verse.Phonetics;
import io.github.lyricist.verse.Sound;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionariesTest {
  private final Phonetics phonetics = ServiceLoader.load(Phonetics.class).findFirst().orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "春天,寒", // tian
    "音乐,皆", // yue, where 乐 alone is le, too
    "快乐,波", "睡觉,豪", // jiao
    "不觉得,波", "在远方,唐", "他已长大,麻", "下雨,齐", "一只,支", "月光,唐"
  })
  void thePhraseTellsTheReading(String line, String group) {
    assertThat(phonetics.endOfLine(line)).containsExactly(group);
  }

  @Test
  void aloneACharacterHasAllItsReadings() {
    assertThat(phonetics.endOfLine("乐")).contains("波", "皆");
    assertThat(phonetics.endOfLine("风")).containsExactly("庚");
    assertThat(phonetics.endOfLine("𠮷")).isEmpty();
  }

  @Test
  void englishWordsRhymeFromTheLastStressedVowelOn() {
    assertThat(phonetics.pronunciations("rain")).containsExactly(new Sound(1, "EY N"));
    assertThat(phonetics.pronunciations("again"))
        .containsExactlyInAnyOrder(new Sound(2, "EH N"), new Sound(2, "EY N"));
    assertThat(phonetics.pronunciations("ocean")).containsExactly(new Sound(2, "OW SH AH N"));
    assertThat(phonetics.pronunciations("devotion")).containsExactly(new Sound(3, "OW SH AH N"));
    assertThat(phonetics.pronunciations("zzyzx")).isEmpty();
    assertThat(phonetics.words()).hasSizeGreaterThan(125_000).contains("love", "don't");
  }

  @ParameterizedTest
  @CsvSource({
    "every,3",
    "fire,2",
    "love,1", // by the dictionary
    "vexeth,2",
    "dost,1",
    "glozed,1",
    "moated,2",
    "prattles,2",
    "prattle,2",
    "hmm,1",
    "smoothes,1",
    "tushes,2"
  })
  void syllables(String word, int count) {
    assertThat(phonetics.syllables(word)).isEqualTo(count);
  }
}
