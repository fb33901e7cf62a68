package io.github.lyricist.djl;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.training.TrainingSpec;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * Counts the floats that PyTorch holds at once for a model and a step: the weights, and the most
 * that there is beside them at any moment. What DJL's operators return stays until the step ends,
 * and autograd keeps what the way back needs until it has gone there. PyTorch's fused operators are
 * counted by what they were measured to take.
 */
final class DjlMemory {
  private final ModelSpec spec;
  private final int vocabularySize; // V
  private final Device device;
  private final CellMemory cell;
  private final double outputs; // T*B*H, what a layer puts out
  private final double logits; // T*B*V
  private final double embedded; // T*B*E, zero without an embedding

  DjlMemory(ModelSpec spec, int vocabularySize, int batchSize, int steps, Device device) {
    double positions = (double) batchSize * steps;
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.device = device;
    this.cell = CellMemory.of(spec.cell());
    this.outputs = positions * spec.hidden();
    this.logits = positions * vocabularySize;
    this.embedded = spec.embedding() == null ? 0 : positions * spec.embedding();
  }

  /**
   * What is needed of the device's memory.
   *
   * @param training null for reading and writing alone
   */
  MemoryNeed need(@Nullable TrainingSpec training) {
    double floats =
        training == null
            ? weights() + reading()
            : weights() * (2 + training.optimizer().remembered().size()) // with their gradients
                + Math.max(learning(), updating());
    double bytes = Float.BYTES * floats;
    return device.isGpu() ? ofGpu(bytes) : MemoryNeed.ofMachine(bytes);
  }

  private double weights() {
    double weights = 0;
    for (Shape shape : spec.shapes(vocabularySize).values()) {
      weights += shape.size();
    }
    return spec.tieWeights() ? weights - (double) vocabularySize * spec.hidden() : weights;
  }

  /** The layers that go step by step, on one-hot input; the others are fused. */
  private int steppedLayers() {
    return spec.embedding() == null && !device.isGpu() ? 1 : 0;
  }

  /** W_ih and W_hh of a fused layer, one above the other or the first. */
  private double weightsOfLayer() {
    int inputs = spec.layers() == 1 && spec.embedding() != null ? spec.embedding() : spec.hidden();
    return (double) spec.gateRows() * (inputs + spec.hidden());
  }

  /** The most beside the weights while reading. */
  private double reading() {
    int fused = spec.layers() - steppedLayers();
    double kept = embedded + outputs * (steppedLayers() * cell.stepped() + fused);
    double inLastLayer =
        fused == 0
            ? 0
            : outputs * (cell.fusedForward() - 1) + cell.packedForward() * weightsOfLayer();
    return kept + Math.max(inLastLayer, 2 * logits); // and their logarithms of probabilities
  }

  /** The most beside weights, gradients and the optimizer's memory while a gradient is computed. */
  private double learning() {
    int fused = spec.layers() - steppedLayers();
    double dropped = spec.dropout() > 0 ? 2 : 0; // masks, and what they leave
    double kept =
        embedded
            + outputs
                * (steppedLayers() * cell.stepped()
                    + fused * cell.fused()
                    + spec.layers() * dropped);
    double inStepped =
        steppedLayers()
            * (outputs * 2 * spec.cell().gates().size() // gradients in W_ih x, and put together
                + 2.0 * spec.gateRows() * spec.hidden()); // W_hh's so far and of a time step
    double inFused =
        fused == 0 ? 0 : outputs * cell.fusedBackward() + cell.packedBackward() * weightsOfLayer();
    // The logarithms of probabilities, the gradient in them and in the logits, then in the outputs.
    double inOutput = 3 * logits + outputs;
    return kept + Math.max(inOutput, Math.max(inStepped, inFused));
  }

  /** The most while a parameter is changed: the largest once more, and that in double precision. */
  private double updating() {
    double largest =
        spec.shapes(vocabularySize).values().stream().mapToDouble(Shape::size).max().orElse(0);
    return 3 * largest;
  }

  private MemoryNeed ofGpu(double bytes) {
    return new MemoryNeed(
        "cuda:" + device.getDeviceId(),
        (long) bytes,
        availableOnGpu(),
        "use a GPU that has more, or device: cpu");
  }

  private long availableOnGpu() {
    try {
      MemoryUsage memory = CudaUtils.getGpuMemory(device);
      return memory.getMax() - memory.getCommitted();
    } catch (RuntimeException | LinkageError e) {
      return Long.MAX_VALUE; // DJL finds no CUDA runtime to ask
    }
  }
}
