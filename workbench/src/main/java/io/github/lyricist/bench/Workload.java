package io.github.lyricist.bench;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;

/**
 * A training step to be timed: one layer on one-hot input.
 *
 * @param cell the recurrent cell
 * @param hidden H
 * @param vocabularySize V
 * @param batchSize B
 * @param steps T
 */
public record Workload(Cell cell, int hidden, int vocabularySize, int batchSize, int steps) {
  public Workload {
    requirePositive("hidden", hidden);
    requirePositive("vocabulary", vocabularySize);
    requirePositive("batch", batchSize);
    requirePositive("steps", steps);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw InvalidInputException.at("--" + option, "found " + value, "expected 1 or more");
    }
  }

  public ModelSpec model() {
    return new ModelSpec(cell, hidden, 1, null, false, 0, true);
  }

  /**
   * Operations of the matrix products in a step, a multiplication and an addition being two: {@code
   * h·W_hh} and {@code h·W_out}, each once forward and twice backward. One-hot input needs none.
   */
  public double operations() {
    double perPosition = (double) hidden * (cell.gates().size() * hidden + vocabularySize);
    return 6.0 * batchSize * steps * perPosition;
  }

  @Override
  public String toString() {
    return "%s, H=%d, V=%d, B=%d, T=%d"
        .formatted(cell.name(), hidden, vocabularySize, batchSize, steps);
  }
}
