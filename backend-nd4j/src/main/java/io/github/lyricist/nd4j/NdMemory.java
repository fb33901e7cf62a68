package io.github.lyricist.nd4j;

import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.training.OptimizerSpec;
import org.jspecify.annotations.Nullable;

/** Counts the floats of the native arrays that a model and its workspace keep. */
final class NdMemory {
  private final ModelSpec spec;
  private final int vocabularySize; // V
  private final double batchSize; // B
  private final double positions; // T*B

  NdMemory(ModelSpec spec, int vocabularySize, int batchSize, int steps) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.batchSize = batchSize;
    this.positions = (double) batchSize * steps;
  }

  /**
   * What is needed of the machine's memory.
   *
   * @param optimizer null for reading and writing alone
   */
  MemoryNeed need(@Nullable OptimizerSpec optimizer) {
    double floats = parameters() + forward();
    if (optimizer != null) {
      // The gradient, the same in double precision, and what the optimizer remembers.
      floats += parameters() * (3.0 + optimizer.remembered().size()) + backward();
      if (optimizer instanceof OptimizerSpec.RmsProp) {
        floats += parameters();
      }
    }
    return MemoryNeed.ofMachine(Float.BYTES * floats);
  }

  private double parameters() {
    double count = 0;
    for (Shape shape : spec.shapes(vocabularySize).values()) {
      count += shape.size();
    }
    return count;
  }

  /** What the way forward leaves at each position. */
  private double forward() {
    double states = (positions + batchSize) * spec.cell().states().size();
    int gates = spec.cell().gates().size();
    // The one gate of an RNN is its hidden state; GRU and LSTM have one more array of that size.
    double kept = gates == 1 ? 0 : positions * (gates + 1);
    double dropped = spec.dropout() > 0 ? 2 * positions : 0; // output and mask
    double embedded = spec.embedding() == null ? 0 : positions * spec.embedding();
    return spec.layers() * spec.hidden() * (states + kept + dropped)
        + embedded
        + positions * vocabularySize;
  }

  /** What the way back needs at each position, of one layer at a time. */
  private double backward() {
    double gradients = positions * spec.hidden() * (1.0 + spec.cell().gates().size());
    return gradients + batchSize * Math.max(spec.hidden(), vocabularySize);
  }
}
