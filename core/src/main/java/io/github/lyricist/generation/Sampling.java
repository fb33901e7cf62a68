package io.github.lyricist.generation;

import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws one token after another, in several texts side by side. Each draws from the stream of its
 * own number, so that it is the same whatever is written beside it.
 */
public final class Sampling implements Search {
  /** Tells no tokens, only their text. */
  public static final int TEXT_ALONE = -1;

  /** How many texts are best written at once: more need more memory, and are hardly faster. */
  private static final int SIDE_BY_SIDE = 64;

  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final Ending ending;
  private final int alternatives;
  private final IntFunction<Choice> choices;

  /**
   * @param alternatives how many are told of each token, 0 or more, with their probabilities; or
   *     {@link #TEXT_ALONE}
   * @param random by the number of a text
   */
  public Sampling(
      RecurrentModel model,
      Tokenizer tokenizer,
      Decoding decoding,
      Ending ending,
      int alternatives,
      IntFunction<UniformRandomProvider> random) {
    this(
        model,
        tokenizer,
        ending,
        alternatives,
        text -> decoding.begin(random.apply(text), tokenizer.size()));
  }

  Sampling(
      RecurrentModel model,
      Tokenizer tokenizer,
      Ending ending,
      int alternatives,
      IntFunction<Choice> choices) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.ending = ending;
    this.alternatives = alternatives;
    this.choices = choices;
  }

  @Override
  public void write(String prefix, int count, Reader reader) {
    for (int first = 0; first < count; first += SIDE_BY_SIDE) {
      writeTogether(prefix, first, Math.min(count, first + SIDE_BY_SIDE), reader);
    }
  }

  private void writeTogether(String prefix, int first, int end, Reader reader) {
    List<WrittenText> texts =
        IntStream.range(first, end)
            .mapToObj(
                text ->
                    new WrittenText(
                        choices.apply(text), tokenizer, ending, alternatives, text, reader))
            .toList();
    float[] logits = new float[Math.multiplyExact(texts.size(), tokenizer.size())]; // float[B*V]
    int[] ids = new int[texts.size()];
    try (Session session = model.newSession(texts.size())) {
      for (int id : tokenizer.encode(prefix)) {
        Arrays.fill(ids, id);
        feed(ids, session, logits, texts);
      }
      float[] row = new float[tokenizer.size()];
      while (!areComplete(texts)) {
        for (int text = 0; text < ids.length; text++) {
          if (!texts.get(text).isComplete()) { // one that is goes on unheard
            System.arraycopy(logits, text * row.length, row, 0, row.length);
            tokenizer.unknownId().ifPresent(unknown -> row[unknown] = Float.NEGATIVE_INFINITY);
            ids[text] = texts.get(text).writeNext(row);
          }
        }
        if (!areComplete(texts)) {
          feed(ids, session, logits, texts);
        }
      }
    }
    for (int text = 0; text < ids.length; text++) {
      reader.done(first + text, texts.get(text).finish());
    }
  }

  private static boolean areComplete(List<WrittenText> texts) {
    return texts.stream().allMatch(WrittenText::isComplete);
  }

  private static void feed(int[] ids, Session session, float[] logits, List<WrittenText> texts) {
    for (int text = 0; text < ids.length; text++) {
      texts.get(text).read(ids[text]);
    }
    session.next(ids, logits);
  }
}
