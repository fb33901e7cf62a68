package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.constraint.BannedTexts;
import io.github.lyricist.constraint.Constraint;
import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.constraint.Length;
import io.github.lyricist.constraint.RequiredTexts;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParticleSearchTest {
  private static final Tokenizer ABC = CharacterTokenizer.of("abc");

  /** So many characters, of which the last is this one. */
  private record EndsIn(int length, char last, String text) implements Constraint {
    @Override
    public String name() {
      return "--last";
    }

    @Override
    public @Nullable Constraint after(String more) {
      String longer = text + more;
      boolean isIt = longer.length() < length || longer.charAt(length - 1) == last;
      return longer.length() <= length && isIt ? new EndsIn(length, last, longer) : null;
    }

    @Override
    public boolean isMet() {
      return text.length() == length;
    }

    @Override
    public boolean isEnd() {
      return isMet();
    }
  }

  private static List<Written> write(int count, long seed, int length, Constraint... constraints) {
    return write(ABC, count, seed, length, constraints);
  }

  private static List<Written> write(
      Tokenizer tokenizer, int count, long seed, int length, Constraint... constraints) {
    List<Written> texts = new ArrayList<>();
    new ParticleSearch(
            MarkovModel.of(MarkovModel.ABC),
            tokenizer,
            Decoding.sampling(1),
            new Constraints(Arrays.asList(constraints)),
            length,
            100,
            text -> new RandomStreams(seed).stream(Purpose.GENERATION, (long) text))
        .write(
            tokenizer.text(0),
            count,
            new Search.Reader() {
              @Override
              public void read(int text, String more) {}

              @Override
              public void done(int text, Written written) {
                texts.add(written);
              }
            });
    return texts;
  }

  @Test
  void whatIsWishedForComesTrueAndIsTheLikeliest() {
    // Of a??a the likeliest is abca.
    Written written = write(1, 1, 4, new EndsIn(4, 'a', "a")).get(0);
    assertThat(written.text()).isEqualTo("bca");
    assertThat(written.logProbability()).isCloseTo(Math.log(0.9 * 0.98 * 0.9), within(1e-6));
    assertThat(written.tokens()).extracting(Token::text).containsExactly("b", "c", "a");
    // Of the last token, which could have been b or c, a tenth was refused.
    assertThat(written.refused().get("--last")).isCloseTo(0.1 / 3, within(1e-6));
  }

  /**
   * Drawn token by token, a text would reach the unlikely end as often by bad ways as by good ones.
   */
  @Test
  void textsOfBadWaysMakeRoom() {
    assertThat(write(50, 1, 6, new EndsIn(6, 'c', "a")))
        .extracting(Written::text)
        .filteredOn("bcabc"::equals)
        .hasSizeGreaterThan(45);
  }

  @Test
  void theSameSeedWritesTheSame() {
    assertThat(write(3, 7, 9, new EndsIn(9, 'b', "")))
        .isEqualTo(write(3, 7, 9, new EndsIn(9, 'b', "")));
  }

  @Test
  void whatCanNotComeTrueIsSaid() {
    assertThatThrownBy(() -> write(1, 1, 4, new EndsIn(4, 'x', "a")))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            "no such text was found: after 'bc', nothing is left by --last; wish for less, or try"
                + " another --seed");
  }

  @Test
  void aTextWithoutAnEndIsGivenUp() {
    assertThatThrownBy(() -> write(1, 1, 20, BannedTexts.after("", List.of("abc"))))
        .hasMessage("no such text came to its end; wish for a shorter one");
  }

  @Test
  void bannedTextsAreNotWritten() {
    for (Written written :
        write(20, 3, 12, BannedTexts.after("a", List.of("bc", "aa")), new Length(12, false))) {
      assertThat("a" + written.text()).hasSize(13).doesNotContain("bc", "aa");
    }
  }

  /** After c comes b once in twenty, and c after that hardly ever but by force. */
  @Test
  void requiredTextsAreWritten() {
    for (Written written :
        write(
            CharacterTokenizer.of("丙乙甲"),
            20,
            3,
            12,
            RequiredTexts.after("丙", List.of("甲乙丙", "乙乙")),
            new Length(12, false))) {
      assertThat("丙" + written.text()).hasSize(13).contains("甲乙丙", "乙乙");
    }
  }

  /** Words are not put into others, as long as those end. */
  @Test
  void requiredWordsBegin() {
    double[][] next = {{0.1, 0.2, 0.7}, {0.5, 1e-9, 0.5}, {0.5, 1e-9, 0.5}};
    List<String> texts = new ArrayList<>();
    new ParticleSearch(
            MarkovModel.of(next),
            CharacterTokenizer.of(" bc"),
            Decoding.sampling(1),
            new Constraints(
                List.of(RequiredTexts.after("", List.of("bbb")), new Length(60, false))),
            60,
            100,
            text -> new RandomStreams(1).stream(Purpose.GENERATION, (long) text))
        .write("b", 20, (text, more) -> texts.add(more));
    assertThat(texts).hasSize(20).allSatisfy(text -> assertThat(text).containsPattern("\\bbbb"));
  }

  /** Of tokens that are parts of characters none leads to what is no character. */
  @Test
  void bytesMakeWholeCharacters() {
    double[][] even = new double[256][256];
    for (double[] row : even) {
      Arrays.fill(row, 1 / 256.0);
    }
    List<String> texts = new ArrayList<>();
    new ParticleSearch(
            MarkovModel.of(even),
            new ByteTokenizer(),
            Decoding.sampling(1),
            new Constraints(List.of(new Length(30, true))),
            30,
            100,
            text -> new RandomStreams(1).stream(Purpose.GENERATION, (long) text))
        .write("a", 20, (text, more) -> texts.add(more));
    assertThat(texts).hasSize(20).allSatisfy(text -> assertThat(text).doesNotContain("\uFFFD"));
    assertThat(String.join("", texts)).matches("(?s).*[^\\x00-\\x7F].*");
  }
}
