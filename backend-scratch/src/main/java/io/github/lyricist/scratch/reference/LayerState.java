package io.github.lyricist.scratch.reference;

/**
 * What a layer hands from one time step of a sequence to the next; or the gradient in it. Its
 * vectors don't change once it is made.
 *
 * @param vectors {@code double[S][H]}: one for each of {@link io.github.lyricist.model.Cell#states}
 */
record LayerState(double[]... vectors) {
  static LayerState zero(int states, int size) {
    return new LayerState(new double[states][size]);
  }

  /** h, which the layer above reads, {@code double[H]}. */
  double[] hidden() {
    return vectors[0];
  }

  /** The same with {@code summand}, {@code double[H]}, added to h. */
  LayerState plusHidden(double[] summand) {
    double[][] sum = vectors.clone();
    sum[0] = new double[summand.length];
    for (int i = 0; i < summand.length; i++) {
      sum[0][i] = summand[i] + vectors[0][i];
    }
    return new LayerState(sum);
  }
}
