package io.github.lyricist.generation;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.tokens.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a search came that found nothing, and what was in its way. */
final class Furthest {
  private @Nullable Hypothesis text;
  private double[] refused = {};

  /** Takes note of a text that can't go on. */
  void stuck(Hypothesis stuck, double... refusedOfNext) {
    if (text == null || stuck.characters() > text.characters()) {
      text = stuck;
      refused = refusedOfNext.clone();
    }
  }

  /** What the person is told who wished for too much. */
  RunFailedException failure() {
    if (text == null) {
      return new RunFailedException("no such text came to its end; wish for a shorter one");
    }
    List<String> inTheWay = new ArrayList<>();
    for (int i = 0; i < refused.length; i++) {
      if (refused[i] > 0) {
        inTheWay.add(text.constraints().each().get(i).name());
      }
    }
    String soFar = text.text();
    return new RunFailedException(
        "no such text was found: %s, nothing is left by %s; wish for less, or try another --seed"
            .formatted(
                soFar.isEmpty() ? "at its beginning" : "after '%s'".formatted(Excerpt.of(soFar)),
                inTheWay.isEmpty() ? "the model" : String.join(" and ", inTheWay)));
  }
}
