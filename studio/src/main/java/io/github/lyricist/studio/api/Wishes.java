package io.github.lyricist.studio.api;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.verse.Form;
import io.github.lyricist.writing.WritingSpec;
import java.util.List;

/** What is wished for of a text, as a request says it. */
final class Wishes {
  private static final int USUAL_LENGTH = 200;
  private static final int MOST = 100_000;
  private static final int WIDEST_BEAM = 64;
  private static final int MOST_TEXTS = 100; // that must, or must not, be there
  private static final int LONGEST_TEXT = 1000;

  private Wishes() {}

  static WritingSpec of(Body body) {
    Form form =
        Form.of(
            body.integer("lines", 1, MOST),
            body.integers("syllables", 1, MOST),
            body.text("rhyme", ""),
            Characters.list(body.text("acrostic", "")),
            bounded("given", body.textsOrEmpty("given")));
    Integer length = body.integer("length", 0, MOST);
    if (length == null && form == null) {
      length = USUAL_LENGTH;
    }
    Integer beam = body.integer("beam", 1, WIDEST_BEAM);
    return new WritingSpec(
        beam == null ? decoding(body, form != null) : Decoding.GREEDY,
        beam,
        form == null ? length : null,
        bounded("stop", body.texts("stop")),
        form,
        bounded("require", body.texts("require")),
        bounded("ban", body.texts("ban")),
        body.integer("maxCopy", 1, MOST));
  }

  private static List<String> bounded(String name, List<String> texts) {
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    if (texts.size() > MOST_TEXTS || longest > LONGEST_TEXT) {
      throw Refusal.of(
          name,
          "found %,d texts of up to %,d characters".formatted(texts.size(), longest),
          "%,d of %,d at most".formatted(MOST_TEXTS, LONGEST_TEXT));
    }
    return texts;
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
