package io.github.lyricist.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a misspelt name meant. */
public final class NearestName {
  /** What is longer is near to no name, and would take long to compare. */
  private static final int LONGEST = 100;

  private NearestName() {}

  /** The name nearest to a misspelt one, if one is near enough to be meant. */
  public static Optional<String> of(String misspelt, Collection<String> names) {
    if (misspelt.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(misspelt, name)))
        .filter(name -> distance(misspelt, name) <= 1 + name.length() / 3);
  }

  /** Edits that turn one word into the other, letter case aside (Levenshtein, 1966). */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
