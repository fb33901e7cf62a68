package io.github.lyricist.scratch.reference;

import java.util.Arrays;

/** A learned embedding (Bengio et al., 2003): x is the token's row of a matrix {@code [V, E]}. */
final class EmbeddedInput implements TokenInput {
  private final double[] embedding; // [V, E]
  private final double[] embeddingGradient;
  private final int size; // E
  private final Linear input; // W_ih [G*H, E], b_ih [G*H]

  EmbeddedInput(Weights weights, Weights gradients, int size, Precision precision) {
    this.embedding = weights.get("embedding.weight");
    this.embeddingGradient = gradients.get("embedding.weight");
    this.size = size;
    this.input = new Linear(weights, gradients, "rnn.weight_ih_l0", "rnn.bias_ih_l0", precision);
  }

  @Override
  public double[] forward(int id) {
    return input.forward(row(id));
  }

  @Override
  public void backward(int id, double[] gradient) {
    double[] rowGradient = input.backward(row(id), gradient);
    for (int i = 0; i < size; i++) {
      embeddingGradient[id * size + i] += rowGradient[i];
    }
  }

  private double[] row(int id) {
    return Arrays.copyOfRange(embedding, id * size, (id + 1) * size);
  }
}
