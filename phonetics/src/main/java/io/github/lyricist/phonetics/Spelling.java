package io.github.lyricist.phonetics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many syllables an English word has that no dictionary knows: as many as it has groups of
 * vowels, without an {@code e} that is not spoken at its end ({@code -e}, {@code -es}, {@code -ed}
 * but after {@code t} and {@code d}); at least one.
 */
final class Spelling {
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
  private static final Pattern SILENT =
      Pattern.compile(
          "(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouysxz])es$|(?<=[^aeiouydt])ed$");

  private Spelling() {}

  static int syllables(String word) {
    String spoken = SILENT.matcher(word).replaceFirst("");
    int count = 0;
    for (Matcher vowels = VOWELS.matcher(spoken); vowels.find(); ) {
      count++;
    }
    return Math.max(1, count);
  }
}
