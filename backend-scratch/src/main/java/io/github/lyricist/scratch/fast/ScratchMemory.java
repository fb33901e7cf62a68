package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** Counts the floats that a model and its workspace keep, array by array. */
final class ScratchMemory {
  private final ModelSpec spec;
  private final long vocabularySize; // V
  private final long batchSize; // B
  private final long steps; // T
  private final Kernels kernels;

  ScratchMemory(ModelSpec spec, int vocabularySize, int batchSize, int steps, Kernels kernels) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.batchSize = batchSize;
    this.steps = steps;
    this.kernels = kernels;
  }

  /**
   * What is needed of Java's heap.
   *
   * @param training null for reading and writing alone
   */
  MemoryNeed need(@Nullable TrainingSpec training) {
    double floats =
        training == null
            ? packedWeights(1) + table() + forward()
            : parameters() * (1.0 + training.gradients() + training.optimizer().remembered().size())
                + packedWeights(2)
                + forward()
                + backward();
    return MemoryNeed.ofHeap(Float.BYTES * floats);
  }

  private double parameters() {
    double count = 0;
    for (Shape shape : spec.shapes((int) vocabularySize).values()) {
      count += shape.size();
    }
    return spec.tieWeights() ? count - (double) vocabularySize * spec.hidden() : count;
  }

  /** What is gathered for each token: rows of the embedding, or of W_ih transposed. */
  private double table() {
    Integer embedding = spec.embedding();
    return (double) vocabularySize * (embedding == null ? spec.gateRows() : embedding);
  }

  private double packed(double depth, double columns) {
    return PackedMatrix.floats(depth, columns, kernels);
  }

  /**
   * The matrices of weights as products read them.
   *
   * @param forms 1 for the way forward alone, 2 for both ways
   */
  private double packedWeights(int forms) {
    double rows = spec.gateRows();
    double size = spec.hidden();
    double floats = weight(rows, size, forms) * spec.layers(); // W_hh
    floats += weight(rows, size, forms) * (spec.layers() - 1); // W_ih of the upper layers
    if (spec.embedding() != null) {
      floats += weight(rows, spec.embedding(), forms);
    }
    return floats + weight((double) vocabularySize, size, forms);
  }

  private double weight(double rows, double columns, int forms) {
    return packed(columns, rows) + (forms == 2 ? packed(rows, columns) : 0);
  }

  /** What the way forward leaves at each position. */
  private double forward() {
    double positions = (double) batchSize * steps;
    double blocks = positions + batchSize; // with the state before the first step
    double ofLayer = blocks * spec.hidden() * (kernels.cell(spec.cell()).width() + 1);
    double dropped = spec.dropout() > 0 ? 2 * positions * spec.hidden() : 0; // output and mask
    double embedded = spec.embedding() == null ? 0 : positions * spec.embedding();
    return spec.layers() * (ofLayer + dropped) + embedded + positions * vocabularySize;
  }

  /** What the way back needs at each position besides. */
  private double backward() {
    double positions = (double) batchSize * steps;
    double blocks = positions + batchSize;
    double hidden = packed(positions, spec.hidden());
    double ofLayers = spec.layers() * (blocks * spec.hidden() + hidden); // gradient, states packed
    double read = (spec.layers() - 1) * hidden; // what the upper layers read, packed
    Integer embedding = spec.embedding();
    double embedded = embedding == null ? 0 : positions * embedding + packed(positions, embedding);
    return ofLayers + read + embedded + hidden; // and what the output layer reads
  }
}
