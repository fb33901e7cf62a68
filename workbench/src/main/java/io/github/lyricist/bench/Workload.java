package io.github.lyricist.bench;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import org.jspecify.annotations.Nullable;

/**
 * A training step to be timed.
 *
 * @param cell the recurrent cell
 * @param layers L
 * @param embedding E, or null for one-hot input
 * @param hidden H
 * @param vocabularySize V
 * @param batchSize B
 * @param steps T
 */
public record Workload(
    Cell cell,
    int layers,
    @Nullable Integer embedding,
    int hidden,
    int vocabularySize,
    int batchSize,
    int steps) {
  public Workload {
    requirePositive("layers", layers);
    if (embedding != null) {
      requirePositive("embedding", embedding);
    }
    requirePositive("hidden", hidden);
    requirePositive("vocabulary", vocabularySize);
    requirePositive("batch", batchSize);
    requirePositive("steps", steps);
  }

  static void requirePositive(String option, int value) {
    if (value < 1) {
      throw InvalidInputException.at("--" + option, "found " + value, "expected 1 or more");
    }
  }

  public ModelSpec model() {
    return new ModelSpec(cell, hidden, layers, embedding, false, 0, true);
  }

  /**
   * Operations of the matrix products in a step, a multiplication and an addition being two: {@code
   * x·W_ih} and {@code h·W_hh} of each layer and {@code h·W_out}, each once forward and twice
   * backward. One-hot input needs none.
   */
  public double operations() {
    int input = (embedding == null ? 0 : embedding) + (layers - 1) * hidden;
    double gates = (double) cell.gates().size() * hidden;
    double perPosition = gates * (input + layers * hidden) + (double) hidden * vocabularySize;
    return 6.0 * batchSize * steps * perPosition;
  }

  @Override
  public String toString() {
    return "%s%s, H=%d%s, V=%d, B=%d, T=%d"
        .formatted(
            cell.name(),
            layers == 1 ? "" : ", L=" + layers,
            hidden,
            embedding == null ? "" : ", E=" + embedding,
            vocabularySize,
            batchSize,
            steps);
  }
}
