package io.github.lyricist.generation;

import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Which tokens may follow a text that is written under constraints. */
final class Candidates {
  private static final String NO_CHARACTER = "\uFFFD"; // what bytes give that are none

  private final Tokenizer tokenizer;
  private final @Nullable String[] texts; // String[V]: of tokens that are whole characters
  private final @Nullable Constraints[] next; // Constraints[V]: null for what is refused
  private double[] refused = {};

  Candidates(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.texts = new String[tokenizer.size()];
    this.next = new Constraints[tokenizer.size()];
    for (int id = 0; id < texts.length; id++) {
      TextDecoder decoder = tokenizer.decoder();
      String text = decoder.next(id);
      texts[id] = decoder.isWithinCharacter() || text.contains(NO_CHARACTER) ? null : text;
    }
  }

  /** Goes on to another text, of which nothing is known yet. */
  void begin(Hypothesis text) {
    refused = new double[text.constraints().each().size()];
  }

  /**
   * Asks whether a token may follow.
   *
   * @param probability of the token, which the constraint takes away that refuses it
   */
  boolean allows(Hypothesis text, int id, double probability) {
    next[id] = null;
    String more = text(text, id);
    if (more != null) {
      next[id] = text.constraints().after(more, constraint -> refused[constraint] += probability);
    }
    return next[id] != null;
  }

  /** What a token adds; null if it is never written there. */
  private @Nullable String text(Hypothesis text, int id) {
    if (tokenizer.unknownId().isPresent() && tokenizer.unknownId().getAsInt() == id) {
      return null;
    }
    if (texts[id] != null && !text.decoder().isWithinCharacter()) {
      return texts[id];
    }
    String more = text.decoder().copy().next(id);
    return more.contains(NO_CHARACTER) ? null : more;
  }

  /** The text with a token that was asked for, and allowed. */
  Hypothesis take(Hypothesis text, int id, double logProbability) {
    Constraints then = next[id];
    if (then == null) {
      throw new IllegalStateException("token " + id + " is not allowed");
    }
    return text.and(id, logProbability, then, refused.clone());
  }

  /** How much of the probability each constraint has taken so far. */
  double[] refused() {
    return refused;
  }
}
