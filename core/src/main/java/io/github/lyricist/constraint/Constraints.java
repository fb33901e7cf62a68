package io.github.lyricist.constraint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a text must be at once. It ends where one of them ends it, and all must be met there.
 *
 * @param each in the order in which they are asked
 */
public record Constraints(List<Constraint> each) {

  public Constraints {
    each = List.copyOf(each);
  }

  /** Told which constraint refuses a text. */
  @FunctionalInterface
  public interface Refusals {
    /** That of this number, from 0, refuses it. */
    void refused(int constraint);
  }

  /**
   * After more text.
   *
   * @return null where one refuses it
   */
  public @Nullable Constraints after(String more, Refusals refusals) {
    if (more.isEmpty()) {
      return this;
    }
    List<Constraint> then = new ArrayList<>(each.size());
    for (int i = 0; i < each.size(); i++) {
      Constraint next = each.get(i).after(more);
      if (next == null) {
        refusals.refused(i);
        return null;
      }
      then.add(next);
    }
    Constraints after = new Constraints(then);
    if (after.isEnd()) {
      for (int i = 0; i < then.size(); i++) {
        if (!then.get(i).isMet()) {
          refusals.refused(i);
          return null;
        }
      }
    }
    return after;
  }

  /** Whether the text ends here. */
  public boolean isEnd() {
    for (Constraint constraint : each) {
      if (constraint.isEnd()) {
        return true;
      }
    }
    return false;
  }

  /** What is told of a text that ended. */
  public String cut(String text) {
    String cut = text;
    for (Constraint constraint : each) {
      cut = constraint.cut(cut);
    }
    return cut;
  }
}
