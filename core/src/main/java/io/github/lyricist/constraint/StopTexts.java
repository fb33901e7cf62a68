package io.github.lyricist.constraint;

import java.util.List;

/**
 * A text ends before the first of some others.
 *
 * @param stops none of them empty
 * @param end of the text so far, as long as it matters
 * @param isEnd whether it has one of them
 */
public record StopTexts(List<String> stops, String end, boolean isEnd) implements Constraint {

  /** Of a text that has not begun. */
  public static StopTexts of(List<String> stops) {
    return new StopTexts(stops, "", false);
  }

  @Override
  public String name() {
    return "--stop";
  }

  @Override
  public StopTexts after(String more) {
    String longer = end + more;
    int longest = stops.stream().mapToInt(String::length).max().orElse(0);
    return new StopTexts(
        stops, longer.substring(Math.max(0, longer.length() - longest)), first(longer) >= 0);
  }

  @Override
  public boolean isMet() {
    return true;
  }

  /** The text up to the first of them. */
  @Override
  public String cut(String text) {
    int first = first(text);
    return first < 0 ? text : text.substring(0, first);
  }

  private int first(String text) {
    return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /** How many characters at the end of a text may be the beginning of one of them. */
  public int begun(String text) {
    int most = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, text.length()); length > most; length--) {
        if (text.endsWith(stop.substring(0, length))) {
          most = length;
        }
      }
    }
    return most;
  }
}
