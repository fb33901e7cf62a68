package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.SamplerSpec;
import java.util.function.Supplier;

/**
 * Scores a text that training doesn't see, without dropout. The text is laid out in rows, one below
 * the other, as in consecutive sampling; the state is zero at the start of a row and carried
 * through it to its end. There are as many rows as training has sequences, but none so short that
 * its cold start would weigh.
 */
public final class Validation implements Supplier<Evaluation> {
  private static final int LEAST_BATCHES_A_ROW = 10;

  private final Corpus heldOut;
  private final RecurrentModel model;
  private final int rows;
  private final int rowLength;
  private final int steps;

  /**
   * @param sampler how training cuts its text
   * @throws InvalidInputException if the text is too short to predict anything
   */
  public Validation(Corpus heldOut, RecurrentModel model, SamplerSpec sampler) {
    if (heldOut.size() < 2) {
      throw InvalidInputException.ofKey(
          "corpus.validation",
          "it holds out %d characters, too few to predict one".formatted(heldOut.size()),
          "hold out more, or set it to 0.0");
    }
    this.heldOut = heldOut;
    this.model = model;
    this.steps = sampler.steps();
    long longEnough = heldOut.size() / ((long) LEAST_BATCHES_A_ROW * steps);
    this.rows = (int) Math.max(1, Math.min(sampler.batchSize(), longEnough));
    this.rowLength = heldOut.size() / rows;
  }

  @Override
  public Evaluation get() {
    HiddenState state = model.initialState(rows);
    Evaluation total = Evaluation.NONE;
    for (int column = 0; column < rowLength - 1; column += steps) {
      int first = column;
      int length = Math.min(steps, rowLength - 1 - column);
      Batch batch = Batch.of(heldOut, rows, length, row -> row * rowLength + first);
      total = total.plus(model.evaluate(batch, state));
    }
    return total;
  }
}
