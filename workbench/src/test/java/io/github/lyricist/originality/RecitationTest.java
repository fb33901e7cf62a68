package io.github.lyricist.originality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.originality.Recitation.Run;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecitationTest {
  private static Recitation recitation(String text, String corpus) {
    Recitation recitation = new Recitation(List.of(text));
    corpus.codePoints().forEach(recitation::read);
    return recitation;
  }

  /** Begin and length of each run that can't be made longer, by trying all. */
  private static List<List<Integer>> naive(String text, String corpus, int least) {
    List<List<Integer>> runs = new ArrayList<>();
    int before = 0;
    for (int begin = 0; begin < text.length(); begin++) {
      int end = begin;
      while (end < text.length() && corpus.contains(text.substring(begin, end + 1))) {
        end++;
      }
      if (end - begin >= least && end > before) {
        runs.add(List.of(begin, end - begin));
      }
      before = Math.max(before, end);
    }
    return runs;
  }

  @Property(tries = 3000)
  void runsAreThoseOfANaiveSearch(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 40) String text,
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 80) String corpus) {
    for (int least = 1; least <= 4; least++) {
      List<Run> runs = recitation(text, corpus).runs(least);
      assertThat(runs.stream().map(run -> List.of(run.begin(), run.length())))
          .isEqualTo(naive(text, corpus, least));
      for (Run run : runs) {
        assertThat(corpus.substring((int) run.place(), (int) run.place() + run.length()))
            .isEqualTo(text.substring(run.begin(), run.begin() + run.length()));
      }
    }
  }

  @Test
  void charactersAreCountedNotHalvesOfThem() {
    Recitation recitation = recitation("x🎵歌声🎵y", "ab🎵歌声🎵");
    assertThat(recitation.runs(2)).containsExactly(new Run("🎵歌声🎵", 1, 4, 2));
    assertThat(recitation.share(4)).isEqualTo(4 / 6.0);
    assertThat(recitation.share(5)).isZero();
  }

  @Test
  void whatIsThereTwiceCountsOnce() {
    assertThat(recitation("abcabc", "xabcx").share(3)).isEqualTo(1);
    assertThat(recitation("", "abc").share(1)).isZero();
    assertThat(recitation("abc", "").runs(1)).isEmpty();
  }

  @Test
  void noRunGoesFromOneTextToTheNext() {
    Recitation recitation = new Recitation(List.of("xab", "cdy", "abc"));
    "abcd".codePoints().forEach(recitation::read);
    assertThat(recitation.runs(2))
        .containsExactly(new Run("ab", 1, 2, 0), new Run("cd", 3, 2, 2), new Run("abc", 6, 3, 0));
    assertThat(recitation.characters()).isEqualTo(9);
    assertThat(recitation.share(3)).isEqualTo(3 / 9.0);
  }

  @Test
  void whereTwoPartsOfTheCorpusMeetNoRunGoesOn() {
    Recitation recitation = new Recitation(List.of("abcd"));
    "ab".codePoints().forEach(recitation::read);
    recitation.read(TrainingText.BREAK);
    "cd".codePoints().forEach(recitation::read);
    assertThat(recitation.runs(2)).extracting(Run::text).containsExactly("ab", "cd");
  }
}
