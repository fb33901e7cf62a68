package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;

/** Checks that a model fits into memory, before any is taken. */
final class MemoryNeed {
  private static final int FLOATS_A_UNIT = 12; // of a layer, at one position, on the way and back

  private MemoryNeed() {}

  /**
   * Estimates what the run needs.
   *
   * @param vocabularySize V
   * @throws InvalidInputException saying how many bytes are needed and how many there are
   */
  static void check(ExperimentSpec spec, int vocabularySize) {
    ModelSpec model = spec.model();
    long largest = 0;
    double parameters = 0;
    for (Shape shape : model.shapes(vocabularySize).values()) {
      largest = Math.max(largest, shape.size());
      parameters += shape.size();
    }
    // As they were drawn, the engine's own, their gradients, and what the optimizer remembers.
    double weights = parameters * (3 + spec.training().optimizer().remembered().size());
    double positions = (double) spec.sampler().batchSize() * spec.sampler().steps();
    double units = (double) model.layers() * model.hidden() * FLOATS_A_UNIT;
    double activations = positions * (vocabularySize + units);
    double bytes = Float.BYTES * (weights + activations);
    long available = Runtime.getRuntime().maxMemory();
    if (bytes > available || largest > Integer.MAX_VALUE - 16) {
      boolean tooManyWeights = weights > activations || largest > Integer.MAX_VALUE - 16;
      throw InvalidInputException.ofKey(
          tooManyWeights ? "model.hidden" : "sampler.batchSize",
          "the model needs about %,.0f bytes, but %,d are available".formatted(bytes, available),
          "lower %s, or give Java more memory (JAVA_OPTS=-Xmx…)"
              .formatted(
                  tooManyWeights
                      ? "model.hidden or model.layers"
                      : "sampler.batchSize or sampler.steps"));
    }
  }
}
