package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.sampling.SamplerSpec;

/** Checks that a model fits into memory, before any is taken. */
final class MemoryNeed {
  private MemoryNeed() {}

  /**
   * @param vocabularySize V
   * @throws InvalidInputException saying how many bytes are needed and how many there are
   */
  static void check(ModelSpec spec, int vocabularySize, SamplerSpec sampler) {
    long largest = 0;
    double parameters = 0;
    for (Shape shape : spec.shapes(vocabularySize).values()) {
      largest = Math.max(largest, shape.size());
      parameters += shape.size();
    }
    double positions = (double) sampler.batchSize() * sampler.steps();
    double rows = 3.0 * spec.layers() * spec.cell().gates() * spec.hidden();
    // The drawn parameters, the engine's own and their gradients, and every activation of a batch.
    double bytes = Float.BYTES * (3 * parameters + positions * (vocabularySize + rows));
    long available = Runtime.getRuntime().maxMemory();
    if (bytes > available || largest > Integer.MAX_VALUE - 16) {
      throw InvalidInputException.ofKey(
          "model.hidden",
          "the model needs about %,.0f bytes, but %,d are available".formatted(bytes, available),
          "lower model.hidden or sampler.batchSize, or give Java more memory (JAVA_OPTS=-Xmx…)");
    }
  }
}
