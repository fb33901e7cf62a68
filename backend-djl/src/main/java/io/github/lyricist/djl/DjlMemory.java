package io.github.lyricist.djl;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.training.OptimizerSpec;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * Counts the floats that PyTorch keeps for a model and a step: what DJL's operators return stays
 * until the step ends, and autograd keeps what the way back needs.
 */
final class DjlMemory {
  private final ModelSpec spec;
  private final int vocabularySize; // V
  private final double positions; // T*B

  DjlMemory(ModelSpec spec, int vocabularySize, int batchSize, int steps) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.positions = (double) batchSize * steps;
  }

  /**
   * What is needed of the device's memory.
   *
   * @param optimizer null for reading and writing alone
   */
  MemoryNeed need(@Nullable OptimizerSpec optimizer, Device device) {
    double weights = 0;
    double largest = 0;
    for (Shape shape : spec.shapes(vocabularySize).values()) {
      weights += shape.size();
      largest = Math.max(largest, (double) shape.size());
    }
    double floats = weights + activations();
    if (optimizer != null) {
      // Gradients, and what the optimizer remembers; the largest once more in double precision.
      floats += weights * (1 + optimizer.remembered().size()) + 3 * largest + activations();
    }
    double bytes = Float.BYTES * floats;
    return device.isGpu() ? ofGpu(bytes, device) : MemoryNeed.ofMachine(bytes);
  }

  private double activations() {
    int gates = spec.cell().gates().size();
    double ofLayer = positions * spec.hidden() * (2.0 * gates + 8);
    return spec.layers() * ofLayer + 2 * positions * vocabularySize;
  }

  private static MemoryNeed ofGpu(double bytes, Device device) {
    MemoryUsage memory = CudaUtils.getGpuMemory(device);
    return new MemoryNeed(
        "cuda:" + device.getDeviceId(),
        (long) bytes,
        memory.getMax() - memory.getCommitted(),
        "use a GPU that has more, or device: cpu");
  }
}
