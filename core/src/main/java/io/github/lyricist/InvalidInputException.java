package io.github.lyricist;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user gave is wrong: a usage, a config, a corpus, a prefix, a folder, a model file, a
 * backend or a device. The program ends with exit code 2.
 *
 * <p>The message reads {@code where: what; what to do}. Where it is not known at the place that
 * throws, the exception carries the configuration key instead, as a dotted path, which {@link
 * #locatedBy} later turns into a place in a file.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String where;
  private final @Nullable String key;
  private final String what;

  private InvalidInputException(@Nullable String where, @Nullable String key, String what) {
    super(where == null ? what : where + ": " + what);
    this.where = where;
    this.key = key;
    this.what = what;
  }

  /** A fault at a known place, such as a file with line and column. */
  public static InvalidInputException at(String where, String what, String whatToDo) {
    return new InvalidInputException(where, null, what + "; " + whatToDo);
  }

  /** A fault in the value of a configuration key, such as {@code sampler.batchSize}. */
  public static InvalidInputException ofKey(String key, String what, String whatToDo) {
    return new InvalidInputException(null, key, what + "; " + whatToDo);
  }

  /** The key whose value is wrong, or null where that is told by its place alone. */
  public @Nullable String key() {
    return key;
  }

  /** The same fault, with its key taken as one inside {@code section}. */
  public InvalidInputException inside(String section) {
    return where != null || key == null || section.isEmpty()
        ? this
        : cause(new InvalidInputException(null, section + "." + key, what));
  }

  /** The same fault in the value of another key. */
  public InvalidInputException asOf(String otherKey) {
    return where != null || key == null
        ? this
        : cause(new InvalidInputException(null, otherKey, what));
  }

  /** The same fault, with its place found from its key. */
  public InvalidInputException locatedBy(Function<String, String> placeOfKey) {
    return where != null || key == null
        ? this
        : cause(new InvalidInputException(placeOfKey.apply(key), key, what));
  }

  private InvalidInputException cause(InvalidInputException located) {
    located.initCause(this);
    return located;
  }
}
