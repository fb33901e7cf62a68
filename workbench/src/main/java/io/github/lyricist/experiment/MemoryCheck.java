package io.github.lyricist.experiment;

import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.sampling.Shard;

/** Checks that an experiment fits into memory, before any is taken. */
final class MemoryCheck {
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 16; // of a Java array

  // The young generation, as the launcher bounds it, and what the program takes anyway.
  private static final double BESIDES = 72 << 20; // bytes

  private final Backend backend;
  private final ExperimentSpec spec;
  private final int vocabularySize;

  /**
   * @param vocabularySize V
   */
  MemoryCheck(Backend backend, ExperimentSpec spec, int vocabularySize) {
    this.backend = backend;
    this.spec = spec;
    this.vocabularySize = vocabularySize;
  }

  /**
   * Compares what the run needs with what there is.
   *
   * @throws InvalidInputException saying how many bytes are needed and how many there are
   */
  void require() {
    double parameters = 0;
    for (Shape shape : spec.model().shapes(vocabularySize).values()) {
      parameters += shape.size();
      if (shape.size() > MOST_ELEMENTS) {
        throw InvalidInputException.ofKey(
            "model.hidden",
            "a tensor of the model would have %,d elements, the limit is %,d"
                .formatted(shape.size(), MOST_ELEMENTS),
            "lower model.hidden");
      }
    }
    // A checkpoint is written from copies of the parameters and of what the optimizer remembers.
    int copies = 1 + spec.training().optimizer().remembered().size();
    MemoryNeed ofCopies = MemoryNeed.ofHeap(BESIDES + Float.BYTES * copies * parameters);
    MemoryNeed ofEngine = need(largestShard(), spec.sampler().steps());
    if (ofEngine.isOfHeap()) {
      require(MemoryNeed.ofHeap((double) ofEngine.needed() + ofCopies.needed()));
    } else {
      require(ofCopies);
      require(ofEngine);
    }
  }

  private int largestShard() {
    return Shard.of(spec.sampler().batchSize(), spec.training().shards()).get(0).size();
  }

  private MemoryNeed need(int batchSize, int steps) {
    return backend.memoryNeed(spec.model(), vocabularySize, batchSize, steps, spec.training());
  }

  private void require(MemoryNeed need) {
    if (!need.isMet()) {
      boolean tooManyWeights = need(1, 1).needed() > need.needed() / 2;
      throw InvalidInputException.ofKey(
          tooManyWeights ? "model.hidden" : "sampler.batchSize",
          "the run needs about %s of %s, but there are only %s"
              .formatted(Bytes.text(need.needed()), need.where(), Bytes.text(need.available())),
          "lower %s, or %s"
              .formatted(
                  tooManyWeights
                      ? "model.hidden or model.layers"
                      : "sampler.batchSize or sampler.steps",
                  need.toGetMore()));
    }
  }
}
