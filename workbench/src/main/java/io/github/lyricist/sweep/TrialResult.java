package io.github.lyricist.sweep;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.run.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a trial has come.
 *
 * @param epochs that are trained
 * @param objective how good it is, less is better; null where that is not known
 * @param seconds that its training took
 * @param status whether it ended, and how
 */
public record TrialResult(int epochs, @Nullable Double objective, double seconds, Status status) {
  /** Of a trial that was not begun, or not trained to its first end. */
  public static final TrialResult NONE = new TrialResult(0, null, 0, Status.WAITING);

  /** The better ones first, those without an objective last. */
  static final Comparator<TrialResult> BETTER_FIRST =
      Comparator.comparing(TrialResult::objective, Comparator.nullsLast(Comparator.naturalOrder()));

  /** What became of a trial. */
  public enum Status {
    WAITING,
    FINISHED,
    /** Its numbers went beyond all bounds: a result like any other. */
    DIVERGED,
    /** It broke off, as for want of memory; who continues the sweep tries it once more. */
    FAILED,
    /** Its configuration can't be trained. */
    REFUSED;

    /** As it is written: {@code finished}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether there is nothing left to do for so many epochs. */
  boolean isDone(int wanted) {
    return switch (status) {
      case WAITING, FAILED -> false;
      case FINISHED -> epochs >= wanted;
      case DIVERGED, REFUSED -> true;
    };
  }

  void writeFields(JsonGenerator json) throws IOException {
    json.writeNumberField("epochs", epochs);
    if (objective == null) {
      json.writeNullField("objective");
    } else {
      json.writeNumberField("objective", objective);
    }
    json.writeNumberField("seconds", seconds);
    json.writeStringField("status", status.word());
  }

  /** What {@link #writeFields} wrote. */
  static TrialResult read(JsonObject line) {
    String word = line.text("status");
    for (Status status : Status.values()) {
      if (status.word().equals(word)) {
        boolean known = line.values().get("objective") != null;
        return new TrialResult(
            line.integer("epochs", 0),
            known ? line.finiteNumber("objective") : null,
            line.finiteNumber("seconds"),
            status);
      }
    }
    throw line.broken("has no status that is known");
  }
}
