package io.github.lyricist.scratch.kernels;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.scratch.kernels.VirtualMachine.Obstacle;
import org.jspecify.annotations.Nullable;

/**
 * The kernels to compute with.
 *
 * @param kernels on the Vector API or in plain Java
 * @param reasonAgainstVectors why the automatic choice is not the Vector API, and what to do; null
 *     where it is, and where plain Java was asked for
 */
public record KernelChoice(Kernels kernels, @Nullable String reasonAgainstVectors) {
  /** The system property that chooses: {@code auto}, {@code vectors} or {@code plain}. */
  public static final String PROPERTY = "lyricist.kernels";

  private static final String AUTO = "auto";

  /** The Vector API where it is there and pays, otherwise plain Java. */
  public static KernelChoice here() {
    return of(AUTO, VirtualMachine.current());
  }

  /** Plain Java, whatever the machine. */
  public static KernelChoice plain() {
    return new KernelChoice(new ScalarKernels(), null);
  }

  /**
   * What the system property {@value #PROPERTY} asks for; {@link #here} where it is not set.
   *
   * @throws InvalidInputException if it has another value, or asks for vectors that can't be used
   */
  public static KernelChoice requested() {
    return of(System.getProperty(PROPERTY, AUTO), VirtualMachine.current());
  }

  static KernelChoice of(String requested, VirtualMachine machine) {
    String place = "-D" + PROPERTY + "=" + requested;
    if (requested.equals("plain")) {
      return plain();
    }
    if (!requested.equals(AUTO) && !requested.equals("vectors")) {
      throw InvalidInputException.at(
          place, "there are no such kernels", "expected auto, vectors or plain");
    }
    Obstacle obstacle = machine.obstacle();
    if (obstacle == null) {
      return new KernelChoice(new VectorKernels(), null);
    }
    if (!requested.equals(AUTO)) {
      throw InvalidInputException.at(place, obstacle.what(), obstacle.remedy());
    }
    return new KernelChoice(new ScalarKernels(), obstacle.what() + "; " + obstacle.remedy());
  }
}
