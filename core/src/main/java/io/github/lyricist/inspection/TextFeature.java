package io.github.lyricist.inspection;

import io.github.lyricist.tokens.Characters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Something that a reader sees in a text, and a unit may react to: a number at each token.
 *
 * @param name such as {@code place in the line}
 * @param values {@code float[T]}
 */
record TextFeature(String name, float[] values) {
  private static final int FREQUENT = 12; // tokens that are features of their own

  /**
   * Those of a text.
   *
   * @param tokens its texts, in order
   * @param isLineEnd whether a character ends a line
   */
  static List<TextFeature> of(List<String> tokens, IntPredicate isLineEnd) {
    List<TextFeature> features = new ArrayList<>();
    Predicate<String> endsLine = token -> token.codePoints().anyMatch(isLineEnd);
    Predicate<String> endsWord = token -> !token.isEmpty() && !hasLetter(token);
    features.add(new TextFeature("place in the line", places(tokens, endsLine)));
    features.add(new TextFeature("place in the word", places(tokens, endsWord)));
    features.add(new TextFeature("place in the text", places(tokens, token -> false)));
    features.add(whether("the end of a line", tokens, endsLine));
    features.add(before("before the end of a line", tokens, endsLine));
    Predicate<String> isSpace = token -> !token.isEmpty() && token.isBlank();
    features.add(whether("a space", tokens, isSpace));
    features.add(before("before a space", tokens, isSpace));
    features.add(whether("punctuation", tokens, token -> has(token, TextFeature::isPunctuation)));
    features.add(whether("a digit", tokens, token -> has(token, Character::isDigit)));
    features.add(whether("a capital", tokens, token -> has(token, Character::isUpperCase)));
    features.add(whether("a vowel", tokens, token -> token.matches("(?i)[aeiou]")));
    features.add(new TextFeature("inside brackets", inside(tokens, "([{（［【《「『", ")]}）］】》」』")));
    features.add(new TextFeature("inside quotes", inside(tokens, "“‘", "”’")));
    Map<String, Long> counts = new TreeMap<>();
    tokens.forEach(token -> counts.merge(token, 1L, Long::sum));
    counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Long> each) -> -each.getValue()))
        .map(Map.Entry::getKey)
        .filter(token -> !token.isBlank())
        .limit(FREQUENT)
        .forEach(token -> features.add(whether("'" + token + "'", tokens, token::equals)));
    return features;
  }

  private static boolean has(String token, IntPredicate kind) {
    return token.codePoints().anyMatch(kind);
  }

  private static boolean hasLetter(String token) {
    return has(token, Character::isLetterOrDigit);
  }

  private static boolean isPunctuation(int character) {
    return !Character.isLetterOrDigit(character) && !Character.isWhitespace(character);
  }

  private static TextFeature whether(String name, List<String> tokens, Predicate<String> is) {
    return new TextFeature(name, values(tokens.size(), t -> is.test(tokens.get(t))));
  }

  private static TextFeature before(String name, List<String> tokens, Predicate<String> next) {
    int last = tokens.size() - 1;
    return new TextFeature(
        name, values(tokens.size(), t -> t < last && next.test(tokens.get(t + 1))));
  }

  private static float[] values(int length, IntPredicate isSo) {
    float[] values = new float[length];
    IntStream.range(0, length).filter(isSo).forEach(t -> values[t] = 1);
    return values;
  }

  /** How many characters there are since the last token that ends what is counted in. */
  private static float[] places(List<String> tokens, Predicate<String> isEnd) {
    float[] places = new float[tokens.size()];
    int place = 0;
    for (int t = 0; t < places.length; t++) {
      place = isEnd.test(tokens.get(t)) ? 0 : place + Characters.count(tokens.get(t));
      places[t] = place;
    }
    return places;
  }

  private static float[] inside(List<String> tokens, String opening, String closing) {
    float[] depths = new float[tokens.size()];
    int depth = 0;
    for (int t = 0; t < depths.length; t++) {
      String token = tokens.get(t);
      depth += (int) token.codePoints().filter(c -> opening.indexOf(c) >= 0).count();
      depth -= (int) token.codePoints().filter(c -> closing.indexOf(c) >= 0).count();
      depth = Math.max(0, depth);
      depths[t] = depth > 0 ? 1 : 0;
    }
    return depths;
  }

  /**
   * Pearson's correlation with what a unit did; 0 where one of them is always the same.
   *
   * @param activations {@code float[T]}
   */
  double correlation(float... activations) {
    double meanX = mean(values);
    double meanY = mean(activations);
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int t = 0; t < values.length; t++) {
      double x = values[t] - meanX;
      double y = activations[t] - meanY;
      products += x * y;
      squaresX += x * x;
      squaresY += y * y;
    }
    double scale = Math.sqrt(squaresX * squaresY);
    return scale == 0 ? 0 : products / scale;
  }

  private static double mean(float... values) {
    return IntStream.range(0, values.length).mapToDouble(t -> values[t]).average().orElse(0);
  }
}
