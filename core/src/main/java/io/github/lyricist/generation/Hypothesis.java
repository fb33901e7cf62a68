package io.github.lyricist.generation;

import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.TextDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that is being written, one of several. It never changes; those that go on from it share
 * it.
 *
 * @param before the text without its last token; null where it has none yet
 * @param id of the last token; negative where there is none
 * @param token the last one as it is told
 * @param decoder which goes on from here; to be copied first
 * @param constraints that the text keeps, and how far
 * @param refused how much of the probability of the last token each constraint took, 0 to 1
 * @param tokens how many it has
 * @param characters how many it has
 * @param logProbability of all its tokens, as the model predicts them
 */
record Hypothesis(
    @Nullable Hypothesis before,
    int id,
    Token token,
    TextDecoder decoder,
    Constraints constraints,
    double[] refused,
    int tokens,
    int characters,
    double logProbability) {

  static Hypothesis begin(TextDecoder decoder, Constraints constraints) {
    double[] none = new double[constraints.each().size()];
    return new Hypothesis(
        null, -1, new Token("", 0, List.of()), decoder, constraints, none, 0, 0, 0);
  }

  /**
   * With another token.
   *
   * @param then the constraints after it
   */
  Hypothesis and(int next, double logProbabilityOfNext, Constraints then, double... refusedOfNext) {
    TextDecoder further = decoder.copy();
    String text = further.next(next);
    return new Hypothesis(
        this,
        next,
        new Token(text, logProbabilityOfNext, List.of()),
        further,
        then,
        refusedOfNext,
        tokens + 1,
        characters + Characters.count(text),
        logProbability + logProbabilityOfNext);
  }

  boolean isDone() {
    return constraints.isEnd();
  }

  /** Per token, by which texts of several lengths can be compared. */
  double meanLogProbability() {
    return tokens == 0 ? 0 : logProbability / tokens;
  }

  /** Its tokens from the first on. */
  private Deque<Hypothesis> path() {
    Deque<Hypothesis> path = new ArrayDeque<>();
    for (Hypothesis at = this; at.before != null; at = at.before) {
      path.push(at);
    }
    return path;
  }

  /** Marks the tokens that it has. */
  void mark(boolean... seen) {
    path().forEach(at -> seen[at.id] = true);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    path().forEach(at -> text.append(at.token.text()));
    return text.toString();
  }

  /** As its reader is told of it. */
  Written written() {
    List<Token> all = path().stream().map(Hypothesis::token).toList();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < refused.length; i++) {
      int constraint = i;
      double sum = path().stream().mapToDouble(at -> at.refused[constraint]).sum();
      shares.put(constraints.each().get(i).name(), sum / Math.max(1, tokens));
    }
    String cut = constraints.cut(text());
    return new Written(cut, all, cut.length() < text().length(), shares);
  }
}
