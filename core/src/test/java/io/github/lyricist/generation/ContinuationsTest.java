package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.generation.Continuations.Continuation;
import io.github.lyricist.generation.Continuations.Reach;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ContinuationsTest {
  private static final Tokenizer AB_SPACE = CharacterTokenizer.of("ab ");

  /** After a comes b, after b mostly a space, and then a. */
  private static final double[][] NEXT = {{0.1, 0.8, 0.1}, {0.3, 0.1, 0.6}, {0.7, 0.2, 0.1}};

  @Test
  void areTheLikeliestByTheirFirstTokenToTheEndOfAWord() {
    Continuations continuations = new Continuations(MarkovModel.of(NEXT), AB_SPACE);
    List<Continuation> ways = continuations.after("ab", 3, Reach.WORD);
    assertThat(ways).extracting(Continuation::text).containsExactly(" ab", "ab", "b");
    assertThat(ways.get(0).probability()).isCloseTo(0.6 * 0.7 * 0.8, within(1e-6));
    assertThat(ways.get(2).probability()).isCloseTo(0.1, within(1e-6));
    assertThat(continuations.after("ab", 1, Reach.WORD)).hasSize(1);
    assertThat(continuations.after("ab", 3, Reach.CHARACTER))
        .extracting(Continuation::text)
        .containsExactly(" ", "a", "b");
  }

  @Test
  void areNoLongerThanTheyMay() {
    double[][] endless = {{0.9, 0.1}, {0.5, 0.5}};
    Continuations continuations =
        new Continuations(MarkovModel.of(endless), CharacterTokenizer.of("ab"));
    assertThat(continuations.after("b", 2, Reach.WORD))
        .extracting(Continuation::text)
        .containsExactly("a".repeat(12), "b" + "a".repeat(11));
  }

  @Test
  void reachTheEndOfALine() {
    // The tokens are sorted: after b comes a space, and then the line ends.
    double[][] lines = {{0, 0, 1, 0}, {1, 0, 0, 0}, {0.1, 0.1, 0, 0.8}, {0.1, 0.7, 0.1, 0.1}};
    Continuations continuations =
        new Continuations(MarkovModel.of(lines), CharacterTokenizer.of("ab \n"));
    assertThat(continuations.after("a", 1, Reach.LINE).get(0).text()).isEqualTo("b ");
    assertThat(continuations.after("a", 1, Reach.WORD).get(0).text()).isEqualTo("b");
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    RecurrentModel model = MarkovModel.of(NEXT);
    Session session = model.newSession(1);
    Continuations continuations = new Continuations(model, AB_SPACE);
    continuations.after("abab", 1, Reach.CHARACTER);
    continuations.after("abab ", 1, Reach.CHARACTER);
    Mockito.verify(session, Mockito.times(5)).next(Mockito.any(), Mockito.any());
    continuations.after("ab", 1, Reach.CHARACTER);
    Mockito.verify(session, Mockito.times(7)).next(Mockito.any(), Mockito.any());
  }

  @Test
  void whatWasReadOfALongTextHelpsItsChange() {
    RecurrentModel model = MarkovModel.of(NEXT);
    Session session = model.newSession(1);
    Continuations continuations = new Continuations(model, AB_SPACE);
    continuations.after("ab".repeat(150), 1, Reach.CHARACTER);
    continuations.after("ab".repeat(140) + "b", 1, Reach.CHARACTER);
    Mockito.verify(session, Mockito.times(300 + 281 - 256)).next(Mockito.any(), Mockito.any());
  }
}
