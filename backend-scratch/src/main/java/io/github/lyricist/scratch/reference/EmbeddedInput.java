package io.github.lyricist.scratch.reference;

import java.util.Arrays;

/** A learned embedding (Bengio et al., 2003): x is the token's row of a matrix {@code [V, E]}. */
final class EmbeddedInput implements TokenInput {
  private final double[] embedding; // [V, E]
  private final int size; // E
  private final Linear input; // W_ih [G*H, E], b_ih [G*H]

  EmbeddedInput(Weights weights, int size, Precision precision) {
    this.embedding = weights.get("embedding.weight");
    this.size = size;
    this.input = new Linear(weights, "rnn.weight_ih_l0", "rnn.bias_ih_l0", precision);
  }

  @Override
  public double[] forward(int id) {
    return input.forward(row(id));
  }

  /**
   * {@code dL/dx = W_ihᵀ dL/d(W_ih x + b_ih)}, as {@link Linear} has it, is added to the gradient
   * of the token's row; no other row has read x.
   */
  @Override
  public void backward(int id, double[] dwx, Weights gradients) {
    double[] dEmbedding = gradients.get("embedding.weight");
    double[] dx = input.backward(row(id), dwx, gradients);
    for (int i = 0; i < size; i++) {
      dEmbedding[id * size + i] += dx[i];
    }
  }

  @Override
  public double gradientTimesInput(int id, double[] dwx) {
    double[] x = row(id);
    double[] dx = input.backward(dwx);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += dx[i] * x[i];
    }
    return sum;
  }

  private double[] row(int id) {
    return Arrays.copyOfRange(embedding, id * size, (id + 1) * size);
  }
}
