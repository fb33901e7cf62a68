package io.github.lyricist.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.tokens.Characters;
import org.jspecify.annotations.Nullable;

/**
 * A text of so many characters.
 *
 * @param missing how many it lacks
 * @param countsBytes whether bytes are counted instead, of UTF-8
 */
public record Length(int missing, boolean countsBytes) implements Constraint {

  @Override
  public String name() {
    return "--length";
  }

  @Override
  public @Nullable Length after(String more) {
    int length = countsBytes ? more.getBytes(UTF_8).length : Characters.count(more);
    return length > missing ? null : new Length(missing - length, countsBytes);
  }

  /** Also before: another constraint may end it. */
  @Override
  public boolean isMet() {
    return true;
  }

  @Override
  public boolean isEnd() {
    return missing == 0;
  }
}
