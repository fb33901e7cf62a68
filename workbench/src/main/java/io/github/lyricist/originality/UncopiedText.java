package io.github.lyricist.originality;

import io.github.lyricist.constraint.Constraint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text that has no run of so many characters as another one has it. */
public final class UncopiedText implements Constraint {
  private final CopyFilter filter;
  private final int[] end; // int[filter.length() - 1] at most: of the text so far

  private UncopiedText(CopyFilter filter, int... end) {
    this.filter = filter;
    this.end = end;
  }

  /** Of a text that begins so; what the prefix itself has can't be helped. */
  public static UncopiedText after(String prefix, CopyFilter filter) {
    int[] characters = prefix.codePoints().toArray();
    int from = Math.max(0, characters.length - filter.length() + 1);
    return new UncopiedText(filter, Arrays.copyOfRange(characters, from, characters.length));
  }

  @Override
  public String name() {
    return "--max-copy";
  }

  @Override
  public @Nullable UncopiedText after(String more) {
    int[] added = more.codePoints().toArray();
    int[] all = Arrays.copyOf(end, end.length + added.length);
    System.arraycopy(added, 0, all, end.length, added.length);
    for (int to = Math.max(end.length + 1, filter.length()); to <= all.length; to++) {
      if (filter.contains(Arrays.copyOfRange(all, to - filter.length(), to))) {
        return null;
      }
    }
    int from = Math.max(0, all.length - filter.length() + 1);
    return new UncopiedText(filter, Arrays.copyOfRange(all, from, all.length));
  }

  @Override
  public boolean isMet() {
    return true;
  }
}
