package io.github.lyricist.studio.api;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.verse.Form;
import io.github.lyricist.writing.WritingSpec;

/** What is wished for of a text, as a request says it. */
final class Wishes {
  private static final int USUAL_LENGTH = 200;
  private static final int MOST = 100_000;

  private Wishes() {}

  static WritingSpec of(Body body) {
    Form form =
        Form.of(
            body.integer("lines", 1, MOST),
            body.integers("syllables", 1, MOST),
            body.has("rhyme") ? body.required("rhyme") : "",
            Characters.list(body.has("acrostic") ? body.required("acrostic") : ""),
            body.textsOrEmpty("given"));
    Integer length = body.integer("length", 0, MOST);
    if (length == null && form == null) {
      length = USUAL_LENGTH;
    }
    Integer beam = body.integer("beam", 1, MOST);
    return new WritingSpec(
        beam == null ? decoding(body, form != null) : Decoding.GREEDY,
        beam,
        form == null ? length : null,
        body.texts("stop"),
        form,
        body.texts("require"),
        body.texts("ban"),
        body.integer("maxCopy", 1, MOST));
  }

  private static Decoding decoding(Body body, boolean hasLines) {
    return new Decoding(
        body.number("temperature", hasLines ? WritingSpec.LINES_TEMPERATURE : 1),
        body.integer("topK", 1, MOST),
        body.number("topP"),
        body.number("minP"),
        body.number("repetitionPenalty", 1));
  }

  /** What went wrong, for whoever wished. */
  static String message(RuntimeException failure) {
    return String.valueOf(
        failure instanceof InvalidInputException e
            ? e.locatedBy(key -> key).getMessage()
            : failure.getMessage());
  }
}
