package io.github.lyricist.training;

import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores a text with a model as it is at the moment, without dropout. The text is laid out in rows,
 * one below the other, as in consecutive sampling; the state is zero at the start of a row and
 * carried through it to its end.
 */
public final class Scoring implements TrainingLoop.Validation {
  private static final int LEAST_BATCHES_PER_ROW = 10;

  private final Corpus text;
  private final RecurrentModel model;
  private final int rows;
  private final long rowLength;
  private final int steps;

  private Scoring(Corpus text, RecurrentModel model, int rows, int steps) {
    if (text.size() < 2) {
      throw new IllegalArgumentException("there is nothing to predict in one token");
    }
    this.text = text;
    this.model = model;
    this.steps = steps;
    this.rows = rows;
    this.rowLength = text.size() / rows;
  }

  /**
   * Of a text as one row; of one in several stretches, each as one.
   *
   * @param text two tokens or more
   * @param steps T, how many are read at a time; the result doesn't depend on it
   */
  public static Scoring inOneRow(Corpus text, RecurrentModel model, int steps) {
    return new Scoring(text, model, rows(text, 1), steps);
  }

  /**
   * Of a text in several rows, for speed, but none so short that its cold start would weigh; of one
   * in several stretches, each as one row.
   *
   * @param text two tokens or more
   * @param mostRows B at most
   * @param steps T, how many tokens of a row are read at a time
   */
  public static Scoring inRows(Corpus text, RecurrentModel model, int mostRows, int steps) {
    long longEnough = text.size() / ((long) LEAST_BATCHES_PER_ROW * steps);
    int rows = (int) Math.max(1, Math.min(mostRows, longEnough));
    return new Scoring(text, model, rows(text, rows), steps);
  }

  private static int rows(Corpus text, int ofOneStretch) {
    return text.stretches() > 1 ? text.stretches() : ofOneStretch;
  }

  @Override
  public @Nullable Evaluation score(BooleanSupplier stopRequested) {
    try (Session session = model.newSession(rows)) {
      Evaluation total = Evaluation.NONE;
      for (long column = 0; column < rowLength - 1; column += steps) {
        if (stopRequested.getAsBoolean()) {
          return null;
        }
        long first = column;
        int length = (int) Math.min(steps, rowLength - 1 - column);
        Batch batch = Batch.of(text, rows, length, row -> row * rowLength + first);
        total = total.plus(session.evaluate(batch));
      }
      return total;
    }
  }

  @Override
  public double charactersPerToken() {
    return text.charactersPerToken();
  }

  /** Scores the text, however long that takes. */
  public Evaluation score() {
    return Objects.requireNonNull(score(() -> false));
  }
}
