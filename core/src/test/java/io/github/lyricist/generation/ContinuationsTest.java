package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.generation.Continuations.Continuation;
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
    RecurrentModel model = MarkovModel.of(NEXT);
    try (Continuations continuations = new Continuations(model, AB_SPACE, 5)) {
      List<Continuation> ways = continuations.after("ab", 3);
      assertThat(ways).extracting(Continuation::text).containsExactly(" ab", "ab", "b");
      assertThat(ways.get(0).probability()).isCloseTo(0.6 * 0.7 * 0.8, within(1e-6));
      assertThat(ways.get(2).probability()).isCloseTo(0.1, within(1e-6));
      assertThat(continuations.after("ab", 1)).hasSize(1);
    }
  }

  @Test
  void areNoLongerThanTheyMay() {
    double[][] endless = {{0.9, 0.1}, {0.5, 0.5}};
    try (Continuations continuations =
        new Continuations(MarkovModel.of(endless), CharacterTokenizer.of("ab"), 4)) {
      assertThat(continuations.after("b", 2))
          .extracting(Continuation::text)
          .containsExactly("aaaa", "baaa");
    }
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    RecurrentModel model = MarkovModel.of(NEXT);
    Session session = model.newSession(1);
    try (Continuations continuations = new Continuations(model, AB_SPACE, 1)) {
      continuations.after("abab", 1);
      continuations.after("abab ", 1);
      Mockito.verify(session, Mockito.times(5)).next(Mockito.any(), Mockito.any());
      continuations.after("ab", 1);
      Mockito.verify(session, Mockito.times(7)).next(Mockito.any(), Mockito.any());
    }
  }
}
