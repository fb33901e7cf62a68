package io.github.lyricist.interchange;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Shape;
import io.github.lyricist.tokens.Excerpt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What model a state dict holds, and which of its tensors is which of ours.
 *
 * @param spec the architecture, as far as shapes tell it: weights that are tied may still be there
 *     twice
 * @param vocabularySize V
 * @param sources the state dict's tensor for each of our parameters; recurrent biases are absent
 *     where it has none
 */
record Layout(ModelSpec spec, int vocabularySize, Map<String, String> sources) {

  /**
   * Recognizes a model.
   *
   * @param shapes of the state dict's tensors, by name
   * @param asked what it reads; null to tell it by the shapes
   * @throws RefusedException if they are not those of a model of ours
   * @throws InvalidInputException if shapes don't tell what it reads
   */
  static Layout of(Map<String, Shape> shapes, @Nullable Input asked) throws RefusedException {
    TensorNames names = TensorNames.of(shapes);
    int[] bias = dimensions(shapes, names.linearBias(), "[V]", 1);
    int[] input = dimensions(shapes, names.recurrent() + "weight_ih_l0", "[G*H, V or E]", 2);
    int[] hidden = dimensions(shapes, names.recurrent() + "weight_hh_l0", "[G*H, H]", 2);
    String embedding = names.embedding();
    if (embedding == null && input[1] == hidden[1] && isShared(bias[0], input[1], asked)) {
      embedding = names.linearWeight();
    }
    String linear = names.linearWeight() == null ? embedding : names.linearWeight();
    Integer embeddingSize =
        embedding == null ? null : dimensions(shapes, embedding, "[V, E]", 2)[1];
    ModelSpec spec =
        new ModelSpec(
            cell(names.recurrent() + "weight_hh_l0", hidden),
            hidden[1],
            names.layers(),
            embeddingSize,
            false,
            0.0,
            names.hasBiases());
    Map<String, String> sources = new LinkedHashMap<>();
    for (String parameter : spec.shapes(bias[0]).keySet()) {
      String source = source(parameter, names, embedding, linear);
      if (source != null) {
        sources.put(parameter, source);
      }
    }
    Layout layout = new Layout(spec, bias[0], sources);
    layout.requireShapes(shapes);
    return layout;
  }

  /** Whether the output layer's matrix, as wide as what W_ih reads, is the embedding, too. */
  private static boolean isShared(int vocabularySize, int width, @Nullable Input asked) {
    if (width != vocabularySize) {
      return true;
    }
    if (asked == null) {
      throw InvalidInputException.ofKey(
          "--input",
          ("V and H are both %d: it may read one-hot vectors, or an embedding that is shared with the"
                  + " output layer")
              .formatted(width),
          "give --input one-hot or --input embedding");
    }
    return asked == Input.EMBEDDING;
  }

  private static @Nullable String source(
      String parameter, TensorNames names, @Nullable String embedding, @Nullable String linear) {
    if (parameter.equals("embedding.weight")) {
      return embedding;
    }
    if (parameter.equals("linear.weight")) {
      return linear;
    }
    if (parameter.equals("linear.bias")) {
      return names.linearBias();
    }
    boolean isAbsent = parameter.startsWith("rnn.bias") && !names.hasBiases();
    return isAbsent ? null : names.recurrent() + parameter.substring("rnn.".length());
  }

  private static int[] dimensions(Map<String, Shape> shapes, String name, String expected, int rank)
      throws RefusedException {
    Shape shape = shapes.get(name);
    if (shape == null || shape.rank() != rank || shape.size() == 0) {
      throw new RefusedException(
          "the tensor '%s' has the shape %s, expected %s"
              .formatted(Excerpt.of(name), shape, expected));
    }
    int[] dimensions = new int[rank];
    Arrays.setAll(dimensions, shape::dimension);
    return dimensions;
  }

  /** The cell with as many gates as there are blocks of H rows. */
  private static Cell cell(String name, int[] rowsAndColumns) throws RefusedException {
    for (Cell cell : Cell.all()) {
      if (rowsAndColumns[0] == (long) cell.gates().size() * rowsAndColumns[1]) {
        return cell;
      }
    }
    throw new RefusedException(
        "the tensor '%s' has the shape %s, expected [G*H, H] with G 1 (rnn), 3 (gru) or 4 (lstm)"
            .formatted(Excerpt.of(name), new Shape(rowsAndColumns)));
  }

  private void requireShapes(Map<String, Shape> found) throws RefusedException {
    Map<String, Shape> shapes = spec.shapes(vocabularySize);
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Shape shape = found.get(source.getValue());
      Shape expected = shapes.get(source.getKey());
      if (!Objects.equals(shape, expected)) {
        throw new RefusedException(
            "the tensor '%s' has the shape %s, expected %s"
                .formatted(Excerpt.of(source.getValue()), shape, expected));
      }
    }
  }
}
