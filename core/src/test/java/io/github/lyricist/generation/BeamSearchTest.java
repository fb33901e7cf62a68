package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.BannedTexts;
import io.github.lyricist.constraint.Constraint;
import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.constraint.Length;
import io.github.lyricist.constraint.StopTexts;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class BeamSearchTest {
  private static final Tokenizer ABC = CharacterTokenizer.of("abc");

  /** The likeliest token after a is b, but what comes after c is certain. */
  private static final double[][] LURE = {{0.01, 0.5, 0.49}, {0.4, 0.3, 0.3}, {0, 0.001, 0.999}};

  private static List<Written> write(
      double[][] next, int width, int count, Constraint... constraints) {
    List<Written> texts = new ArrayList<>();
    new BeamSearch(
            MarkovModel.of(next), ABC, new Constraints(Arrays.asList(constraints)), width, 100)
        .write(
            "a",
            count,
            new Search.Reader() {
              @Override
              public void read(int text, String more) {
                assertThat(text).isEqualTo(texts.size());
              }

              @Override
              public void done(int text, Written written) {
                texts.add(written);
              }
            });
    return texts;
  }

  @Test
  void aBeamOfOneIsGreedy() {
    assertThat(write(LURE, 1, 1, new Length(3, false)))
        .extracting(Written::text)
        .containsExactly("bab");
  }

  @Test
  void aWiderOneFindsWhatIsLikelier() {
    assertThat(write(LURE, 2, 1, new Length(3, false)))
        .extracting(Written::text)
        .containsExactly("ccc");
  }

  @Test
  void theLikeliestComesFirst() {
    List<Written> texts = write(LURE, 4, 4, new Length(3, false));
    assertThat(texts).extracting(Written::text).doesNotHaveDuplicates().hasSize(4);
    assertThat(texts)
        .isSortedAccordingTo(
            (one, other) -> Double.compare(other.logProbability(), one.logProbability()));
  }

  @Test
  void noTextIsLessLikelyThanTheGreedyOne() {
    UniformRandomProvider random = new RandomStreams(5).stream(Purpose.GENERATION, 0L);
    for (int model = 0; model < 300; model++) {
      double[][] next = new double[3][3];
      for (double[] row : next) {
        Arrays.setAll(row, id -> Math.pow(random.nextDouble(), 3));
        double sum = Arrays.stream(row).sum();
        Arrays.setAll(row, id -> row[id] / sum);
      }
      StopTexts stops = StopTexts.of(List.of("bb"));
      Written greedy = write(next, 1, 1, stops, new Length(7, false)).get(0);
      Written likeliest = write(next, 4, 1, stops, new Length(7, false)).get(0);
      assertThat(likeliest.logProbability() / likeliest.tokens().size())
          .isGreaterThanOrEqualTo(greedy.logProbability() / greedy.tokens().size());
    }
  }

  @Test
  void constraintsAreKept() {
    assertThat(write(LURE, 3, 1, BannedTexts.after("a", List.of("cc", "ab")), new Length(3, false)))
        .extracting(Written::text)
        .allSatisfy(text -> assertThat("a" + text).doesNotContain("cc", "ab"));
  }

  @Test
  void endsBeforeAStop() {
    assertThat(write(LURE, 1, 1, StopTexts.of(List.of("ab")), new Length(9, false)))
        .extracting(Written::text)
        .containsExactly("b");
  }

  @Test
  void aTextOfNoLengthIsEmpty() {
    assertThat(write(LURE, 2, 1, new Length(0, false)))
        .extracting(Written::text)
        .containsExactly("");
  }

  @Test
  void givesNoMoreTextsThanItIsWide() {
    assertThatThrownBy(() -> write(LURE, 2, 3, new Length(3, false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a beam of 2 gives as many at most");
  }

  @Test
  void whatCanNotComeTrueIsSaid() {
    assertThatThrownBy(
            () ->
                write(
                    LURE,
                    2,
                    1,
                    BannedTexts.after("", List.of("a", "b", "c")),
                    new Length(3, false)))
        .hasMessageContaining("at its beginning, nothing is left by --ban");
  }
}
