package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.scratch.reference.RecurrentCell.TimeStep;
import io.github.lyricist.training.TrainingSpec;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes that a model of the reference takes, counted array by array. */
final class ReferenceMemory {
  private static final int ARRAY_HEADER = 16;

  private final ModelSpec spec;
  private final int vocabularySize; // V
  private final double batchSize; // B
  private final double steps; // T
  private final RecurrentCell.Factory cells;
  private final Map<String, Shape> shapes;

  ReferenceMemory(
      ModelSpec spec, int vocabularySize, int batchSize, int steps, RecurrentCell.Factory cells) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.batchSize = batchSize;
    this.steps = steps;
    this.cells = cells;
    this.shapes = spec.shapes(vocabularySize);
  }

  /**
   * What is needed of Java's heap.
   *
   * @param training null for reading and writing alone
   */
  MemoryNeed need(@Nullable TrainingSpec training) {
    double used =
        training == null
            ? weights() + state(Double.BYTES) + logits()
            : weights() * (1 + training.gradients() + training.optimizer().remembered().size())
                + state(Double.BYTES)
                + state(Float.BYTES) // as the caller has it
                + masks()
                + sequence();
    return MemoryNeed.ofHeap(Math.max(whileTakenOver(), used));
  }

  /** {@code double[]} of all parameters; tied weights are one array. */
  private double weights() {
    double elements = 0;
    for (String name : shapes.keySet()) {
      elements += isSecondName(name) ? 0 : size(name);
    }
    return Double.BYTES * elements;
  }

  /** The most while each {@code float[]} of the initial parameters becomes a {@code double[]}. */
  private double whileTakenOver() {
    double doubles = 0;
    double floats = Float.BYTES * shapes.values().stream().mapToDouble(Shape::size).sum();
    double most = 0;
    for (String name : shapes.keySet()) {
      doubles += isSecondName(name) ? 0 : Double.BYTES * size(name);
      most = Math.max(most, doubles + floats);
      floats -= Float.BYTES * size(name);
    }
    return most;
  }

  private boolean isSecondName(String parameter) {
    return spec.tieWeights() && parameter.equals("linear.weight");
  }

  private double size(String parameter) {
    return Objects.requireNonNull(shapes.get(parameter)).size();
  }

  /** Those of one sequence, and of all as the caller gets them. */
  private double logits() {
    return vocabularySize * (Double.BYTES + Float.BYTES * batchSize);
  }

  private double masks() {
    return spec.dropout() == 0
        ? 0
        : Float.BYTES * steps * batchSize * spec.layers() * spec.hidden();
  }

  /** The states of B sequences. */
  private double state(int bytesPerElement) {
    return bytesPerElement * batchSize * spec.layers() * states() * spec.hidden();
  }

  private int states() {
    return spec.cell().states().size();
  }

  /** What one sequence keeps of each time step for the way back: the logits, and of each layer. */
  private double sequence() {
    double dropped = spec.dropout() == 0 ? 0 : 1; // what is read is not the state itself
    double vectors = spec.layers() * (vectorsKept() + dropped);
    double vector = ARRAY_HEADER + Double.BYTES * spec.hidden();
    return steps * (vectors * vector + Double.BYTES * vocabularySize);
  }

  /** How many vectors a time step keeps, counted on a cell of one unit. */
  private int vectorsKept() {
    ModelSpec unit = new ModelSpec(spec.cell(), 1, 1, null, false, 0, false);
    RecurrentCell cell = cells.create(unit.cell(), 0, Weights.zero(unit, 1), Precision.DOUBLE);
    TimeStep step = cell.forward(new double[unit.gateRows()], LayerState.zero(states(), 1));
    Set<double[]> vectors = Collections.newSetFromMap(new IdentityHashMap<>());
    Collections.addAll(vectors, step.gates());
    Collections.addAll(vectors, step.after().vectors());
    return vectors.size();
  }
}
