package io.github.lyricist.scratch.kernels;

import org.jspecify.annotations.Nullable;

/**
 * The kernels that suit this virtual machine and processor.
 *
 * @param kernels the kernels to compute with
 * @param reasonAgainstVectors why it is not the Vector API, and what to do; null where it is
 */
public record KernelChoice(Kernels kernels, @Nullable String reasonAgainstVectors) {
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  /** The Vector API where it is there and pays, otherwise plain Java. */
  public static KernelChoice here() {
    String reason = findReasonAgainstVectors();
    return reason == null
        ? new KernelChoice(new VectorKernels(), null)
        : new KernelChoice(new ScalarKernels(), reason);
  }

  /** Plain Java, whatever the machine. */
  public static KernelChoice plain() {
    return new KernelChoice(new ScalarKernels(), "plain Java was asked for");
  }

  private static @Nullable String findReasonAgainstVectors() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the Vector API is not loaded; start Java with " + FLAG;
    }
    return VectorSupport.reasonAgainst();
  }
}
