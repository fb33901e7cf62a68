package io.github.lyricist.nd4j;

import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** Counts the floats that a model and its workspace keep outside Java's heap, array by array. */
final class NdMemory {
  private static final int PACKED_DEPTH = 448; // OpenBLAS's blocks on AVX-512; others have less
  private static final double PACKED_BY_THREAD = 1 << 25; // the most that it keeps for one

  private final ModelSpec spec;
  private final double vocabularySize; // V
  private final double batchSize; // B
  private final double positions; // T*B
  private final double parameters;
  private final int threads;

  NdMemory(ModelSpec spec, int vocabularySize, int batchSize, int steps, int threads) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.batchSize = batchSize;
    this.positions = (double) batchSize * steps;
    this.threads = threads;
    double count = spec.shapes(vocabularySize).values().stream().mapToDouble(Shape::size).sum();
    this.parameters = spec.tieWeights() ? count - this.vocabularySize * spec.hidden() : count;
  }

  /**
   * What is needed of the machine's memory.
   *
   * @param training null for reading and writing alone
   */
  MemoryNeed need(@Nullable TrainingSpec training) {
    double floats =
        training == null
            ? parameters + forward(false) + packed()
            : parameters + learning(training) + forward(true) + backward() + packed();
    return MemoryNeed.ofMachine(Float.BYTES * floats);
  }

  private double learning(TrainingSpec training) {
    double gradient = training.gradients() + 2; // in single precision, and in double
    double remembered = training.optimizer().remembered().size();
    double scratch = training.optimizer() instanceof RmsProp ? 1 : 0;
    return parameters * (gradient + remembered + scratch);
  }

  /** What the way forward leaves at each position. */
  private double forward(boolean learns) {
    double size = spec.hidden();
    double states = spec.cell().states().size() * (positions + batchSize);
    double step = (1 + 2 * 2) * batchSize; // scratch, and tanh in double precision with its halves
    double dropped = learns && spec.dropout() > 0 ? 2 * positions : 0; // output and mask
    double ofLayer = size * (states + ofGates(learns) + step + dropped);
    double embedded = spec.embedding() == null ? 0 : positions * spec.embedding();
    double softmax = 3 * positions; // the largest logit, the sum, and ones
    return spec.layers() * (ofLayer + positions) + embedded + positions * vocabularySize + softmax;
  }

  /**
   * A cell's gates, and what it keeps besides for the way back: q of a GRU, tanh(c') of an LSTM.
   */
  private double ofGates(boolean learns) {
    int gates = spec.cell().gates().size();
    if (gates == 1) {
      return 0; // the hidden state itself
    }
    return gates * positions + (learns ? positions : batchSize);
  }

  /** What the way back needs, of one layer at a time. */
  private double backward() {
    double inHiddenAndGates = (1 + spec.cell().gates().size()) * positions * spec.hidden();
    double ofSequences = Math.max(spec.hidden(), vocabularySize) * batchSize;
    return inHiddenAndGates + ofSequences;
  }

  /** Where OpenBLAS rearranges a block of rows of what is multiplied, at all positions. */
  private double packed() {
    double rows = Math.min(PACKED_DEPTH, Math.max(spec.hidden(), vocabularySize));
    return Math.min(rows * positions, threads * PACKED_BY_THREAD);
  }
}
