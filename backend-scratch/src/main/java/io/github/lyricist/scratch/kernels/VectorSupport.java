package io.github.lyricist.scratch.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Whether this processor makes the Vector API worth using. Loaded only where the module is there.
 */
final class VectorSupport {
  private static final int LEAST_BITS = 128;

  private VectorSupport() {}

  static @Nullable String reasonAgainst() {
    if (FloatVector.SPECIES_PREFERRED.vectorBitSize() < LEAST_BITS) {
      return "the processor has no vector registers";
    }
    if (!hasFusedMultiplyAdd()) {
      return "the processor has no fused multiply-add, which Java would emulate";
    }
    return null;
  }

  private static boolean hasFusedMultiplyAdd() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return machine != null && Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
