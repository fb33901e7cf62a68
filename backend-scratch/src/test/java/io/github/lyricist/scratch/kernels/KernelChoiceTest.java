package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.scratch.kernels.VirtualMachine.Compiler;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {
  private static final VirtualMachine GOOD = machine(Compiler.C2, true, 256, true);

  private static VirtualMachine machine(
      Compiler compiler, boolean hasVectorModule, int vectorBits, boolean fusesMultiplyAdd) {
    return new VirtualMachine("A VM", compiler, hasVectorModule, vectorBits, fusesMultiplyAdd);
  }

  /** A machine, why it has no vectors, and what mends that. */
  static Stream<Arguments> obstacles() {
    return Stream.of(
        Arguments.of(
            machine(Compiler.UNKNOWN, true, 256, true), "A VM is not HotSpot", "with HotSpot"),
        Arguments.of(machine(Compiler.NONE, true, 256, true), "only interprets", "take -Xint out"),
        Arguments.of(
            machine(Compiler.C1, true, 256, true), "C2 is off", "take -XX:TieredStopAtLevel"),
        Arguments.of(
            machine(Compiler.JVMCI, true, 256, true), "compiles with Graal", "-UseJVMCICompiler"),
        Arguments.of(
            machine(Compiler.C2, false, 0, true),
            "the Vector API is not loaded",
            "start Java with --add-modules jdk.incubator.vector"),
        Arguments.of(
            machine(Compiler.C2, true, 64, true), "no vectors of 128 bits", "use a machine"),
        Arguments.of(
            machine(Compiler.C2, true, 256, false), "no fused multiply-add", "use a machine"));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void fallsBackToPlainJavaAndSaysWhy(VirtualMachine machine, String why, String remedy) {
    KernelChoice choice = KernelChoice.of("auto", machine);
    assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(choice.reasonAgainstVectors()).contains(why).contains("; ").contains(remedy);
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void refusesVectorsThatAreDemandedWhereThereAreNone(
      VirtualMachine machine, String why, String remedy) {
    assertThatThrownBy(() -> KernelChoice.of("vectors", machine))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("-Dlyricist.kernels=vectors: ")
        .hasMessageContaining(why)
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "vectors"})
  void takesVectorsWhereNothingIsAgainstThem(String requested) {
    KernelChoice choice = KernelChoice.of(requested, GOOD);
    assertThat(choice.kernels()).isInstanceOf(VectorKernels.class);
    assertThat(choice.reasonAgainstVectors()).isNull();
  }

  @Test
  void takesPlainJavaWhereThatIsAskedForAndHasNothingToExplain() {
    KernelChoice choice = KernelChoice.of("plain", machine(Compiler.NONE, false, 0, false));
    assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(choice.reasonAgainstVectors()).isNull();
    assertThat(KernelChoice.of("plain", GOOD).kernels()).isInstanceOf(ScalarKernels.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Vectors", "avx2"})
  void refusesOtherNames(String requested) {
    assertThatThrownBy(() -> KernelChoice.of(requested, GOOD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "-Dlyricist.kernels="
                + requested
                + ": there are no such kernels; expected auto, vectors or plain");
  }

  /** The flags that the tests run with; whether there is FMA is up to the processor. */
  @Test
  void knowsTheVirtualMachineThatRunsTheTests() {
    VirtualMachine machine = VirtualMachine.current();
    assertThat(machine.name()).isEqualTo(System.getProperty("java.vm.name"));
    assertThat(machine.hasVectorModule()).isTrue();
    assertThat(machine.vectorBits()).isPositive().isEqualTo(VectorMath.SPECIES.vectorBitSize());
    assertThat(machine.compiler()).isEqualTo(Compiler.C2);
  }
}
