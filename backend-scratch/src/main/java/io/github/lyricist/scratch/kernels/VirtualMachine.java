package io.github.lyricist.scratch.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether the Vector API pays. Only HotSpot's compiler C2 turns vectors into machine
 * instructions; elsewhere each vector is an object, and a step takes a hundred times as long.
 *
 * @param name what the virtual machine calls itself
 * @param compiler what compiles the code that runs most
 * @param hasVectorModule whether the module of the Vector API is loaded
 * @param vectorBits the width of the processor's vectors; 0 where the module is not loaded
 * @param fusesMultiplyAdd whether the processor multiplies and adds in one instruction
 */
record VirtualMachine(
    String name,
    Compiler compiler,
    boolean hasVectorModule,
    int vectorBits,
    boolean fusesMultiplyAdd) {
  private static final int LEAST_BITS = 128;

  /** What compiles the code that runs most. */
  enum Compiler {
    /** None: all code is interpreted. */
    NONE,
    C1,
    C2,
    /** Graal, or another that HotSpot's compiler interface (JVMCI) takes. */
    JVMCI,
    /** That of a virtual machine other than HotSpot. */
    UNKNOWN
  }

  /**
   * What keeps vectors from being used, and the step that mends it.
   *
   * @param what a clause without a full stop
   * @param remedy what to do
   */
  record Obstacle(String what, String remedy) {}

  /** The one that this program runs on. */
  static VirtualMachine current() {
    boolean hasVectorModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new VirtualMachine(
        System.getProperty("java.vm.name"),
        currentCompiler(),
        hasVectorModule,
        hasVectorModule ? Vectors.bits() : 0,
        isOn("UseFMA"));
  }

  private static Compiler currentCompiler() {
    String compiles = option("UseCompiler");
    if (compiles == null) {
      return Compiler.UNKNOWN;
    }
    if (!Boolean.parseBoolean(compiles)) {
      return Compiler.NONE;
    }
    if (isOn("UseJVMCICompiler")) {
      return Compiler.JVMCI;
    }
    boolean stopsBeforeC2 =
        System.getProperty("java.vm.info", "").contains("emulated-client")
            || !"4".equals(option("TieredStopAtLevel"));
    return stopsBeforeC2 ? Compiler.C1 : Compiler.C2;
  }

  private static boolean isOn(String option) {
    return Boolean.parseBoolean(option(option));
  }

  /** The value of an option of HotSpot; null where there is no such option. */
  private static @Nullable String option(String name) {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return hotSpot == null ? null : hotSpot.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The first thing that keeps vectors from being used; null where nothing does. */
  @Nullable Obstacle obstacle() {
    return switch (compiler) {
      case UNKNOWN ->
          new Obstacle(
              "%s is not HotSpot, whose compiler C2 alone turns vectors into machine instructions"
                  .formatted(name),
              "use a JDK with HotSpot, as OpenJDK's are");
      case NONE ->
          new Obstacle(
              "this Java only interprets, which makes an object of each vector",
              "take -Xint out of Java's options (JAVA_OPTS, JAVA_TOOL_OPTIONS)");
      case C1 ->
          new Obstacle(
              "Java's compiler C2 is off, without which each vector is an object",
              "take -XX:TieredStopAtLevel or -XX:CompilationMode out of Java's options (JAVA_OPTS,"
                  + " JAVA_TOOL_OPTIONS)");
      case JVMCI ->
          new Obstacle(
              "this Java compiles with Graal or another compiler through JVMCI, which may make an"
                  + " object of each vector",
              "start Java with -XX:-UseJVMCICompiler, or use a JDK without Graal");
      case C2 -> obstacleOfProcessor();
    };
  }

  private @Nullable Obstacle obstacleOfProcessor() {
    if (!hasVectorModule) {
      return new Obstacle(
          "the Vector API is not loaded", "start Java with --add-modules jdk.incubator.vector");
    }
    if (vectorBits < LEAST_BITS) {
      return new Obstacle(
          "the processor has no vectors of %d bits or more".formatted(LEAST_BITS),
          "use a machine that has them");
    }
    if (!fusesMultiplyAdd) {
      return new Obstacle(
          "the processor has no fused multiply-add, which Java would emulate",
          "use a machine that has it, and take -XX:-UseFMA out of Java's options");
    }
    return null;
  }

  /** Loaded only where the module is. */
  private static final class Vectors {
    private Vectors() {}

    static int bits() {
      return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
