package io.github.lyricist.constraint;

import java.util.List;

/**
 * Texts that must all stand somewhere in a text.
 *
 * @param missing those that don't yet, none of them empty
 * @param end of the text so far, as long as it matters
 */
public record RequiredTexts(List<String> missing, String end) implements Constraint {

  /** Of a text that begins so. */
  public static RequiredTexts after(String prefix, List<String> required) {
    return new RequiredTexts(required, "").after(prefix);
  }

  @Override
  public String name() {
    return "--require";
  }

  @Override
  public RequiredTexts after(String more) {
    if (missing.isEmpty()) {
      return this;
    }
    String longer = end + more;
    List<String> left = missing.stream().filter(text -> !longer.contains(text)).toList();
    int longest = left.stream().mapToInt(String::length).max().orElse(0);
    return new RequiredTexts(left, longer.substring(Math.max(0, longer.length() - longest)));
  }

  @Override
  public boolean isMet() {
    return missing.isEmpty();
  }
}
