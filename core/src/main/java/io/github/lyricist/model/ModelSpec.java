package io.github.lyricist.model;

import io.github.lyricist.InvalidInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The architecture of a recurrent language model.
 *
 * @param cell the recurrent cell
 * @param hidden H, hidden units of each layer
 * @param layers L
 * @param embedding E, the size of a learned embedding of the input, or null for one-hot vectors
 * @param tieWeights whether {@code linear.weight} is {@code embedding.weight}
 * @param dropout probability with which an element is dropped in training, on the input of every
 *     layer but the first and on the input of {@code linear}
 * @param recurrentBias whether {@code bias_hh} is trained; otherwise it stays zero
 */
@RecordBuilder
public record ModelSpec(
    Cell cell,
    int hidden,
    int layers,
    @Nullable Integer embedding,
    boolean tieWeights,
    double dropout,
    boolean recurrentBias)
    implements ModelSpecBuilder.With {

  public static final ModelSpec DEFAULT = new ModelSpec(Cell.RNN, 256, 1, null, false, 0.0, false);

  public ModelSpec {
    requireBetweenOneAnd(1 << 20, "hidden", hidden);
    requireBetweenOneAnd(1 << 10, "layers", layers);
    if (embedding != null) {
      requireBetweenOneAnd(1 << 20, "embedding", embedding);
    }
    if (tieWeights && (embedding == null || embedding != hidden)) {
      throw InvalidInputException.ofKey(
          "tieWeights",
          "tied weights need an embedding as large as the hidden state",
          "set embedding: " + hidden + ", or tieWeights: false");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw InvalidInputException.ofKey(
          "dropout", "found " + dropout, "expected a probability from 0 to below 1");
    }
  }

  private static void requireBetweenOneAnd(int most, String key, int value) {
    if (value < 1 || value > most) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a whole number from 1 to " + most);
    }
  }

  /** G·H, the rows of a layer's weights. */
  public int gateRows() {
    return cell.gates().size() * hidden;
  }

  /**
   * The shape of every parameter, by PyTorch's names and in PyTorch's order.
   *
   * @param vocabularySize V
   */
  public Map<String, Shape> shapes(int vocabularySize) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    if (embedding != null) {
      shapes.put("embedding.weight", new Shape(vocabularySize, embedding));
    }
    int inputs = embedding != null ? embedding : vocabularySize;
    for (int k = 0; k < layers; k++) {
      shapes.putAll(cell.parameters(k, inputs, hidden));
      inputs = hidden;
    }
    shapes.put("linear.weight", new Shape(vocabularySize, hidden));
    shapes.put("linear.bias", new Shape(vocabularySize));
    return shapes;
  }

  /**
   * Whether a parameter is trained: all are, but {@code bias_hh} without a recurrent bias, and
   * {@code linear.weight} where it is {@code embedding.weight} by another name.
   */
  public boolean isTrained(String parameter) {
    return (recurrentBias || !parameter.startsWith("rnn.bias_hh_"))
        && !(tieWeights && parameter.equals("linear.weight"));
  }

  /** The keys of a config's section {@code model} and their values, as YAML has them. */
  @Override
  public String toString() {
    return ("{cell: %s, hidden: %d, layers: %d, embedding: %s, tieWeights: %s, dropout: %s,"
            + " recurrentBias: %s}")
        .formatted(cell.name(), hidden, layers, embedding, tieWeights, dropout, recurrentBias);
  }
}
