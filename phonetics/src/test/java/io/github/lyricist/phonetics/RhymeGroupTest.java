package io.github.lyricist.phonetics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hankcs.hanlp.dictionary.py.Pinyin;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The groups as the 中华新韵 lists their finals. */
class RhymeGroupTest {
  private static final Map<String, String> EXAMPLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("麻", "a ba jia hua ya wa"),
              Map.entry("波", "bo wo guo e ge re o yo lo"),
              Map.entry("皆", "jie ye xue yue lve nve bie"),
              Map.entry("开", "ai lai kuai wai shuai"),
              Map.entry("微", "bei hui wei gui shui ei"),
              Map.entry("豪", "ao hao xiao yao miao"),
              Map.entry("尤", "ou lou liu you qiu zhou"),
              Map.entry("寒", "an shan tian yuan wan yan quan xuan guan lian"),
              Map.entry("文", "en ren xin yin chun wen yun jun nin lun"),
              Map.entry("唐", "ang fang liang wang yang huang niang"),
              Map.entry("庚", "eng feng ting ying dong yong weng xiong qiong"),
              Map.entry("齐", "i yi di ji er yu ju qu xu lv nv ni"),
              Map.entry("支", "zhi chi shi ri zi ci si"),
              Map.entry("姑", "u wu gu zhu lu nu zu")));

  @Test
  void syllablesAreInTheirGroups() {
    EXAMPLES.forEach(
        (name, syllables) -> {
          for (String syllable : syllables.split(" ", -1)) {
            assertThat(RhymeGroup.of(syllable).map(RhymeGroup::chineseName))
                .as(syllable)
                .hasValue(name);
          }
        });
    assertThat(RhymeGroup.values()).hasSize(14).hasSameSizeAs(EXAMPLES.keySet());
  }

  @Test
  void everySyllableOfTheDictionaryHasOneButThoseWithoutAFinal() {
    assertThat(Pinyin.values())
        .filteredOn(pinyin -> RhymeGroup.of(pinyin.getPinyinWithoutTone()).isEmpty())
        .extracting(Pinyin::getPinyinWithoutTone)
        .containsOnly("none");
    assertThat(RhymeGroup.of("")).isEqualTo(Optional.empty());
  }
}
