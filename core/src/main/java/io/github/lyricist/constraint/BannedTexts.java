package io.github.lyricist.constraint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that stand nowhere in a text.
 *
 * @param banned none of them empty
 * @param end of the text so far, as long as it matters
 */
public record BannedTexts(List<String> banned, String end) implements Constraint {

  /**
   * Of a text that begins so; what the prefix itself has can't be helped.
   *
   * @param banned none of them empty
   */
  public static BannedTexts after(String prefix, List<String> banned) {
    return new BannedTexts(banned, ending(banned, prefix));
  }

  @Override
  public String name() {
    return "--ban";
  }

  @Override
  public @Nullable BannedTexts after(String more) {
    String longer = end + more;
    for (String text : banned) {
      int from = Math.max(0, end.length() - text.length() + 1);
      if (longer.indexOf(text, from) >= 0) {
        return null;
      }
    }
    return new BannedTexts(banned, ending(banned, longer));
  }

  @Override
  public boolean isMet() {
    return true;
  }

  /** The end of a text in which one of these may have begun. */
  private static String ending(List<String> texts, String text) {
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    return text.substring(Math.max(0, text.length() - longest));
  }
}
