package io.github.lyricist.inspection;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.generation.Predictions;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A text that a model reads from a zero state, to see what it makes of it.
 *
 * <p>What the model reads before the text, such as the end of a line, is no token of the text.
 */
public final class InspectedText {
  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final int[] ids; // of the opening and the text
  private final int opening; // how many of them are the opening's

  /**
   * @param opening what the model reads first; may be empty
   * @param text all of it known, as the opening is
   * @throws InvalidInputException if it is too long to be looked at as one
   */
  public InspectedText(RecurrentModel model, Tokenizer tokenizer, String opening, String text) {
    this.model = model;
    this.tokenizer = tokenizer;
    int[] before = tokenizer.encode(opening);
    int[] tokens = tokenizer.encode(text);
    if (tokens.length > Limits.INSPECTED_TOKENS) {
      throw InvalidInputException.ofKey(
          "text",
          "it has %,d tokens".formatted(tokens.length),
          "look at %,d at most at a time".formatted(Limits.INSPECTED_TOKENS));
    }
    this.opening = before.length;
    this.ids = Arrays.copyOf(before, before.length + tokens.length);
    System.arraycopy(tokens, 0, ids, before.length, tokens.length);
  }

  /** How many tokens it has. */
  public int size() {
    return ids.length - opening;
  }

  /** Its tokens' texts, which together are the text; empty where a character lacks its end. */
  public List<String> tokens() {
    TextDecoder decoder = tokenizer.decoder();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      String text = decoder.next(ids[i]);
      if (i >= opening) {
        texts.add(text);
      }
    }
    return texts;
  }

  /**
   * How likely each of its tokens was when it came, and what was likelier. A first token that
   * nothing stands before has a log probability of NaN.
   *
   * @param alternatives how many are told of each, the likeliest first
   */
  public List<Token> surprise(int alternatives) {
    List<String> texts = tokens();
    List<Token> tokens = new ArrayList<>();
    float[] logits = new float[tokenizer.size()];
    try (Session session = model.newSession(1)) {
      for (int i = 0; i < ids.length; i++) {
        if (i == 0 && opening == 0) {
          tokens.add(new Token(texts.get(0), Double.NaN, List.of()));
        } else if (i >= opening) {
          Predictions predicted = Predictions.of(tokenizer, logits);
          double logProbability = predicted.logProbability(ids[i]);
          String text = texts.get(i - opening);
          tokens.add(new Token(text, logProbability, predicted.likeliest(alternatives)));
        }
        session.next(new int[] {ids[i]}, logits);
      }
    }
    return tokens;
  }

  /**
   * What happened inside while it was read, and what was read before it: the states and gates of
   * each layer.
   */
  public Trace trace() {
    return model.trace(batch(ids.length), HiddenState.zero(model.spec(), 1));
  }

  /**
   * An array of its trace, of the text alone.
   *
   * @return {@code float[T*H]}, one time step for each token of the text
   */
  public float[] values(Trace trace, String array) {
    float[] values = trace.get(array);
    return Arrays.copyOfRange(values, opening * model.spec().hidden(), values.length);
  }

  /**
   * Which tokens caused another one, as {@link RecurrentModel#attribution} has it.
   *
   * @param token which one, from 0
   * @return {@code float[token]}: what each of the tokens before it did for it
   */
  public float[] saliency(int token) {
    int at = opening + Objects.checkIndex(token, size());
    if (at == 0) {
      return new float[0];
    }
    HiddenState zero = HiddenState.zero(model.spec(), 1);
    float[] all = model.attribution(batch(at), zero, new int[] {ids[at]});
    return Arrays.copyOfRange(all, opening, all.length);
  }

  /** The first so many tokens; the targets, which nobody looks at, are the same. */
  private Batch batch(int steps) {
    int[] inputs = Arrays.copyOf(ids, steps);
    return new Batch(1, steps, inputs, inputs);
  }
}
