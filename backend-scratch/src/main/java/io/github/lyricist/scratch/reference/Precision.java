package io.github.lyricist.scratch.reference;

import java.util.function.IntToDoubleFunction;

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

  /** {@code double[size]} whose element j is {@code formula(j)}, in this precision. */
  double[] vector(int size, IntToDoubleFunction formula) {
    double[] vector = new double[size];
    set(vector, formula);
    return vector;
  }

  /** {@code vector[j] ← formula(j)}, in this precision, for every element. */
  void set(double[] vector, IntToDoubleFunction formula) {
    for (int j = 0; j < vector.length; j++) {
      vector[j] = round(formula.applyAsDouble(j));
    }
  }
}
