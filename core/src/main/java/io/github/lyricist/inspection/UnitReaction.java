package io.github.lyricist.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a hidden unit reacts to, of all that was looked for: as Karpathy, Johnson and Li (2015)
 * found a unit that counts the characters of a line, and another one that knows of quotes.
 *
 * @param unit from 0
 * @param reactsTo such as {@code place in the line}
 * @param correlation Pearson's, -1 to 1, over the text's tokens
 */
public record UnitReaction(int unit, String reactsTo, double correlation) {

  /**
   * Of all units of a layer's state or gate, the strongest first.
   *
   * @param values {@code float[T*H]} {@linkplain InspectedText#values of the text}
   * @param units H
   * @param tokens of the text
   * @param isLineEnd whether a character ends a line
   */
  public static List<UnitReaction> strongest(
      float[] values, int units, List<String> tokens, IntPredicate isLineEnd) {
    List<TextFeature> features = TextFeature.of(tokens, isLineEnd);
    return IntStream.range(0, units)
        .mapToObj(unit -> of(unit, activations(values, units, unit), features))
        .sorted(
            Comparator.comparingDouble((UnitReaction each) -> -Math.abs(each.correlation))
                .thenComparing(UnitReaction::unit))
        .toList();
  }

  /**
   * What a unit did at each token.
   *
   * @param values {@code float[T*H]}
   * @param units H
   * @return {@code float[T]}
   */
  public static float[] activations(float[] values, int units, int unit) {
    float[] ofUnit = new float[values.length / units];
    for (int t = 0; t < ofUnit.length; t++) {
      ofUnit[t] = values[t * units + unit];
    }
    return ofUnit;
  }

  private static UnitReaction of(int unit, float[] activations, List<TextFeature> features) {
    return features.stream()
        .map(each -> new UnitReaction(unit, each.name(), each.correlation(activations)))
        .max(Comparator.comparingDouble(each -> Math.abs(each.correlation)))
        .orElseThrow();
  }
}
