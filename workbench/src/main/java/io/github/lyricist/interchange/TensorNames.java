package io.github.lyricist.interchange;

import io.github.lyricist.model.Shape;
import io.github.lyricist.tokens.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a recurrent language model among the tensors of a state dict, whatever its author
 * called them: {@code nn.RNN}, {@code nn.GRU} and {@code nn.LSTM} name their tensors themselves,
 * and of what remains the layer with a bias is the output and the other matrix the embedding.
 *
 * @param recurrent what stands before {@code weight_ih_l0}, such as {@code rnn.}
 * @param layers L
 * @param hasBiases whether the recurrent module has biases; it has all of them or none
 * @param embedding the embedding's tensor, or null
 * @param linearWeight the output layer's matrix, or null where it is shared and was not written
 * @param linearBias the output layer's bias
 */
record TensorNames(
    String recurrent,
    int layers,
    boolean hasBiases,
    @Nullable String embedding,
    @Nullable String linearWeight,
    String linearBias) {
  private static final Pattern RECURRENT =
      Pattern.compile("(.*\\.)?(?:weight|bias)_(?:ih|hh|hr)_l\\d+(?:_reverse)?");
  private static final Pattern WEIGHT = Pattern.compile("(?:.*\\.)?weight");
  private static final Pattern BIAS = Pattern.compile("(?:.*\\.)?bias");
  private static final int MOST_NAMES = 5; // in a message

  /**
   * Finds the parts.
   *
   * @param shapes of all tensors, by name
   * @throws RefusedException if they are not just those of one such model
   */
  static TensorNames of(Map<String, Shape> shapes) throws RefusedException {
    String recurrent = recurrent(shapes.keySet());
    int layers = 0;
    while (shapes.containsKey(recurrent + "weight_hh_l" + layers)) {
      layers++;
    }
    Set<String> known = new HashSet<>();
    boolean hasBiases = shapes.containsKey(recurrent + "bias_ih_l0");
    for (int k = 0; k < Math.max(layers, 1); k++) {
      for (String tensor :
          hasBiases
              ? List.of("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l")
              : List.of("weight_ih_l", "weight_hh_l")) {
        requireThat(shapes.containsKey(recurrent + tensor + k), recurrent + tensor + k);
        known.add(recurrent + tensor + k);
      }
    }
    Map<String, Shape> rest = new TreeMap<>(shapes);
    rest.keySet().removeAll(known);

    Set<String> biases = named(rest, 1, BIAS.asMatchPredicate());
    if (biases.size() != 1) {
      throw new RefusedException(
          "it has %s, where an output layer with a bias was expected"
              .formatted(biases.isEmpty() ? "no bias" : "several biases: " + list(biases)));
    }
    String linearBias = biases.iterator().next();
    String linearWeight = linearBias.replaceFirst("bias$", "weight");
    Set<String> embeddings =
        named(rest, 2, WEIGHT.asMatchPredicate().and(name -> !name.equals(linearWeight)));
    if (embeddings.size() > 1) {
      throw new RefusedException("each of %s could be its embedding".formatted(list(embeddings)));
    }
    String embedding = embeddings.isEmpty() ? null : embeddings.iterator().next();
    boolean hasLinearWeight = rest.containsKey(linearWeight);
    requireThat(hasLinearWeight || embedding != null, linearWeight);
    rest.keySet().removeAll(Set.of(linearBias, linearWeight));
    rest.keySet().removeAll(embeddings);
    if (!rest.isEmpty()) {
      throw new RefusedException(
          "it has tensors that belong to no embedding, recurrent module or output layer: "
              + list(rest.keySet()));
    }
    return new TensorNames(
        recurrent, layers, hasBiases, embedding, hasLinearWeight ? linearWeight : null, linearBias);
  }

  /** What stands before the names of the one recurrent module. */
  private static String recurrent(Set<String> names) throws RefusedException {
    Set<String> prefixes = new TreeSet<>();
    for (String name : names) {
      Matcher matcher = RECURRENT.matcher(name);
      if (matcher.matches()) {
        if (name.endsWith("_reverse")) {
          throw new RefusedException(
              "it is bidirectional (%s): it sees the characters that it should predict"
                  .formatted(Excerpt.of(name)));
        }
        if (name.contains("weight_hr_l")) {
          throw new RefusedException("its LSTM has projections (%s)".formatted(Excerpt.of(name)));
        }
        prefixes.add(matcher.group(1) == null ? "" : matcher.group(1));
      }
    }
    if (prefixes.size() != 1) {
      throw new RefusedException(
          prefixes.isEmpty()
              ? "it has no tensor …weight_ih_l0, so no nn.RNN, nn.GRU or nn.LSTM"
              : "it has several recurrent modules: " + list(prefixes));
    }
    return prefixes.iterator().next();
  }

  private static Set<String> named(
      Map<String, Shape> tensors, int rank, Predicate<String> nameIsRight) {
    Set<String> names = new TreeSet<>();
    tensors.forEach(
        (name, shape) -> {
          if (shape.rank() == rank && nameIsRight.test(name)) {
            names.add(name);
          }
        });
    return names;
  }

  private static void requireThat(boolean isThere, String tensor) throws RefusedException {
    if (!isThere) {
      throw new RefusedException("the tensor '%s' is missing".formatted(Excerpt.of(tensor)));
    }
  }

  private static String list(Set<String> names) {
    String some = String.join(", ", names.stream().limit(MOST_NAMES).map(Excerpt::of).toList());
    return names.size() > MOST_NAMES ? some + ", … (%d)".formatted(names.size()) : some;
  }
}
