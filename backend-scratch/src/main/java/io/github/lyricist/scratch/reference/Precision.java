package io.github.lyricist.scratch.reference;

/** The precision in which the reference keeps its numbers; its sums are always in double. */
public enum Precision {
  /** Every stored number is rounded to single precision, as the fast engines store theirs. */
  FLOAT {
    @Override
    double round(double value) {
      return (float) value;
    }
  },
  /** Nothing is rounded: for checking gradients by finite differences. */
  DOUBLE {
    @Override
    double round(double value) {
      return value;
    }
  };

  abstract double round(double value);
}
