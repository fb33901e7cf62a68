package io.github.lyricist.sweep;

import io.github.lyricist.run.JsonObject;
import io.github.lyricist.run.JsonText;

/**
 * What came out of training a trial for a while.
 *
 * @param result how far it has come
 * @param reason why it did not finish, in one line; empty where it did
 */
public record TrialOutcome(TrialResult result, String reason) {
  /** That whoever was to train it could not tell how far it has come. */
  public static TrialOutcome failed(String reason) {
    return new TrialOutcome(new TrialResult(0, null, 0, TrialResult.Status.FAILED), reason);
  }

  /** On one line, for another process. */
  public String json() {
    return JsonText.object(
        json -> {
          result.writeFields(json);
          json.writeStringField("reason", reason);
        });
  }

  /** What {@link #json} wrote. */
  public static TrialOutcome parse(String json) {
    JsonObject object = JsonObject.parse("a trial's process", "look at its log", json);
    return new TrialOutcome(TrialResult.read(object), object.text("reason"));
  }
}
