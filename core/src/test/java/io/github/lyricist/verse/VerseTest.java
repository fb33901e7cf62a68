package io.github.lyricist.verse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.Constraint;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts have a form, and which can't come to have it any more. */
class VerseTest {
  /** A few words whose sounds everybody knows; 乐 is read in two ways, unless in 音乐. */
  private static final Phonetics SOUNDS =
      new Phonetics() {
        private static final Map<String, String> GROUPS =
            Map.of("风", "庚", "声", "庚", "灯", "庚", "山", "寒", "天", "寒", "月", "皆");
        private static final Map<String, Sound> WORDS =
            Map.of(
                "rain", new Sound(1, "EY N"),
                "again", new Sound(2, "EY N"),
                "train", new Sound(1, "EY N"),
                "sun", new Sound(1, "AH N"),
                "run", new Sound(1, "AH N"),
                "window", new Sound(2, "IH N D OW"),
                "a", new Sound(1, "AH"));

        @Override
        public Set<String> endOfLine(String line) {
          if (line.endsWith("音乐")) {
            return Set.of("皆");
          }
          String last = line.substring(line.length() - 1);
          return last.equals("乐")
              ? Set.of("皆", "波")
              : GROUPS.containsKey(last) ? Set.of(GROUPS.get(last)) : Set.of();
        }

        @Override
        public Set<Sound> pronunciations(String word) {
          return WORDS.containsKey(word) ? Set.of(WORDS.get(word)) : Set.of();
        }

        @Override
        public int syllables(String word) {
          return pronunciations(word).stream().mapToInt(Sound::syllables).findFirst().orElse(1);
        }

        @Override
        public Collection<String> words() {
          return WORDS.keySet();
        }
      };

  private static Form form(int lines, String syllables, String rhyme, String acrostic) {
    List<Integer> counts =
        Arrays.stream(syllables.split(",", -1))
            .filter(count -> !count.isEmpty())
            .map(Integer::valueOf)
            .collect(Collectors.toList());
    return new Form(
        lines, counts, rhyme, acrostic.codePoints().mapToObj(Character::toString).toList());
  }

  private static Verse verse(Form form) {
    return new Verse(form, () -> SOUNDS, () -> new EnglishWords(SOUNDS, word -> true), '\n');
  }

  private static @Nullable Constraint after(Form form, String text) {
    return verse(form).begin().after(text);
  }

  private static boolean isVerse(Form form, String text) {
    Constraint progress = after(form, text);
    return progress != null && progress.isEnd();
  }

  @Test
  void linesHaveTheirSyllables() {
    Form form = form(2, "3,2", "", "");
    assertThat(isVerse(form, "风声月\n山天\n")).isTrue();
    assertThat(isVerse(form, "风，声月！\n山 天\n")).isTrue();
    assertThat(isVerse(form, "again sun\nwindow\n")).isTrue();
    assertThat(isVerse(form, "风 window\nrain风\n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "风声月山", // one more
        "风声\n", // one less
        "风声月 ", // nothing may follow but an end
        "，风", // nor may a line begin so
        "\n",
        "window w", // too long whatever it becomes
        "again a", // would be followed by nothing, and "a" may still be "again"
        "xq", // no word begins so
        "风3"
      })
  void whatCanNotBecomeOneIsSeenAtOnce(String text) {
    assertThat(after(form(2, "3,2", "", ""), text))
        .matches(progress -> text.equals("again a") ? progress != null : progress == null);
  }

  @Test
  void aWordGoesOnWhileItCanFit() {
    Form form = form(1, "2", "", "");
    assertThat(after(form, "wind")).isNotNull();
    assertThat(after(form, "a wind")).isNull();
    assertThat(after(form, "a ra")).isNotNull();
    assertThat(isVerse(form, "a rain\n")).isTrue();
    assertThat(after(form, "a rai\n")).isNull();
    assertThat(isVerse(form, "A Rain.\n")).isTrue();
  }

  @Test
  void linesOfOneLetterRhyme() {
    Form form = form(4, "2", "AABA", "");
    assertThat(isVerse(form, "山风\n月声\n风天\n天灯\n")).isTrue();
    assertThat(after(form, "山风\n月山")).isNull(); // no rhyme
    assertThat(after(form, "山风\n月风")).isNull(); // the same character
    assertThat(after(form, "山风\n月声\n风月\n天声")).isNull(); // of the second line
    assertThat(after(form, "山乐")).isNull(); // who knows
    assertThat(after(form, "音乐\n风月")).isNotNull();
  }

  @Test
  void englishLinesRhymeOnOtherWords() {
    Form form = form(2, "2", "AA", "");
    assertThat(isVerse(form, "a rain\nagain\n")).isTrue();
    assertThat(isVerse(form, "a rain\na train\n")).isTrue();
    assertThat(after(form, "a rain\na rain\n")).isNull();
    assertThat(after(form, "a rain\na s")).isNull();
    assertThat(after(form, "wind")).isNull(); // nothing rhymes with window
  }

  @Test
  void withoutSyllablesRhymesAreLookedAtWhereLinesEnd() {
    Form form = form(2, "", "AA", "");
    assertThat(isVerse(form, "风声风声\n那是什么灯！\n")).isTrue();
    assertThat(isVerse(form, "the rain 23\nagain\n")).isTrue();
    assertThat(after(form, "风声\n月\n")).isNull();
    assertThat(after(form, "xyz\n")).isNull();
  }

  @Test
  void acrosticsBeginTheLines() {
    Form form = form(2, "", "", "春S");
    assertThat(isVerse(form, "春风\nsun\n")).isTrue();
    assertThat(after(form, "风")).isNull();
    assertThat(after(form, "春风\nr")).isNull();
  }

  @Test
  void shorterListsBeginAnew() {
    Form form = form(4, "1,2", "AB", "");
    assertThat(isVerse(form, "风\n风天\n声\n天山\n")).isTrue();
    assertThat(after(form, "风\n风天\n灯灯")).isNull();
  }

  @Test
  void nothingFollowsTheLastLine() {
    assertThat(after(form(1, "", "", ""), "风\n风")).isNull();
  }

  @Test
  void formsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> form(0, "", "", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("found 0; expected 1 to 1000");
    assertThatThrownBy(() -> form(1, "0", "", "")).hasMessage("found 0; expected 1 to 100");
    assertThatThrownBy(() -> form(1, "", "aa", ""))
        .hasMessage("found 'aa'; expected letters, as AABA");
  }

  @Test
  void whatStandsBetweenWordsDoesNotGoOnForEver() {
    assertThat(after(form(1, "7", "", ""), "风... 声")).isNotNull();
    assertThat(after(form(1, "7", "", ""), "风....")).isNotNull();
    assertThat(after(form(1, "7", "", ""), "风.....")).isNull();
    assertThat(after(form(1, "7", "", ""), "风  ")).isNull();
    assertThat(after(form(1, "", "", ""), "风".repeat(120))).isNotNull();
    assertThat(after(form(1, "", "", ""), "风".repeat(121))).isNull();
  }

  @Test
  void linesThatAreGivenStay() {
    Form form = new Form(3, List.of(2), "AAB", List.of(), List.of("", "，山 灯！"));
    assertThat(isVerse(form, "月风\n，山 灯！\n山天\n")).isTrue();
    assertThat(after(form, "月山")).as("does not rhyme with what is to come").isNull();
    assertThat(after(form, "月灯")).as("is the ending of what is to come").isNull();
    assertThat(after(form, "月风\n，山灯")).isNull();
    assertThat(after(form, "月风\n，山 灯\n")).isNull();
    Form english = new Form(2, List.of(), "AA", List.of(), List.of("Again, the RAIN ...", ""));
    assertThat(isVerse(english, "Again, the RAIN ...\na train\n")).isTrue();
    assertThat(isVerse(english, "Again, the RAIN ...\na rain\n")).isFalse();
  }

  @Test
  void linesThatAreGivenMustRhymeWhereTheyAreToDo() {
    Form unlike = new Form(2, List.of(), "AA", List.of(), List.of("月风", "天山"));
    assertThatThrownBy(() -> verse(unlike).begin())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the line '天山', which stays, does not rhyme with another one that does; give another"
                + " scheme, or let it be written anew");
    Form unsure = new Form(2, List.of(), "AA", List.of(), List.of("快乐"));
    assertThatThrownBy(() -> verse(unsure).begin()).hasMessageContaining("no sure rhyme");
    assertThatThrownBy(() -> new Form(1, List.of(), "", List.of(), List.of("a", "b")))
        .hasMessage("found 2 lines; expected 1 at most");
  }

  @Test
  void howManyLinesCanRhyme() {
    Verse verse =
        new Verse(
            form(2, "", "AA", ""),
            () -> SOUNDS,
            () -> new EnglishWords(SOUNDS, word -> !word.equals("train")),
            0);
    assertThat(verse.mostRhyming(Set.of("风", "声", "山", "灯"))).isEqualTo(3);
    assertThat(verse.mostRhyming(Set.of("月", "乐", "山", "x"))).isEqualTo(2);
    assertThat(verse.mostRhyming(Set.of())).isZero();
    assertThat(verse.mostRhymingWords()).isEqualTo(2);
    assertThat(form(6, "", "ABA", "").longestRhyme()).isEqualTo(4);
    assertThat(form(2, "7", "", "").longestRhyme()).isEqualTo(1);
  }
}
