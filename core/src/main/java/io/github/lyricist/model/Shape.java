package io.github.lyricist.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The dimensions of a row-major array, the slowest first. */
public final class Shape {
  private final int[] dimensions;

  public Shape(int... dimensions) {
    this.dimensions = dimensions.clone();
  }

  public int rank() {
    return dimensions.length;
  }

  public int dimension(int index) {
    return dimensions[index];
  }

  /** Number of elements. */
  public long size() {
    return Arrays.stream(dimensions).asLongStream().reduce(1, Math::multiplyExact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** As PyTorch prints a shape: {@code [256, 1027]}. */
  @Override
  public String toString() {
    return Arrays.stream(dimensions)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
