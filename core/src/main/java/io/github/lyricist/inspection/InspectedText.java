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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A text that a model reads from a zero state, to see what it makes of it.
 *
 * <p>What the model reads before the text, such as the end of a line, is no token of the text. What
 * it doesn't know of the text is a token, but not read: there are no numbers of it, unless the
 * model has a token that stands for what is unknown.
 */
public final class InspectedText {
  private static final int NOT_READ = -1;

  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final List<String> tokens = new ArrayList<>();
  private final int[] places; // by token: of its id in ids, or NOT_READ
  private final int[] ids; // that are read: of the opening and the text
  private final int opening; // how many of them are the opening's

  /**
   * @param opening what the model reads first, all of it known; may be empty
   * @throws InvalidInputException if it is too long to be looked at as one
   */
  public InspectedText(RecurrentModel model, Tokenizer tokenizer, String opening, String text) {
    this.model = model;
    this.tokenizer = tokenizer;
    int[] before = tokenizer.encode(opening);
    this.opening = before.length;
    OptionalInt unknownId = tokenizer.unknownId();
    int[] read = tokenizer.encode(unknownId.isPresent() ? text : tokenizer.known(text));
    Iterator<String> unknown = tokenizer.unknown(text).iterator();
    TextDecoder decoder = tokenizer.decoder();
    IntStream.of(before).forEach(decoder::next);
    List<Integer> found = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < read.length; i++) {
      boolean isUnknown = unknownId.isPresent() && read[i] == unknownId.getAsInt();
      String token = isUnknown ? unknown.next() : decoder.next(read[i]);
      while (!isUnknown && unknown.hasNext() && !text.startsWith(token, length)) {
        length += addToken(unknown.next());
        found.add(NOT_READ);
      }
      length += addToken(token);
      found.add(before.length + i);
    }
    while (unknown.hasNext()) {
      addToken(unknown.next());
      found.add(NOT_READ);
    }
    if (tokens.size() > Limits.INSPECTED_TOKENS) {
      throw InvalidInputException.ofKey(
          "text",
          "it has %,d tokens".formatted(tokens.size()),
          "look at %,d at most at a time".formatted(Limits.INSPECTED_TOKENS));
    }
    this.places = found.stream().mapToInt(Integer::intValue).toArray();
    this.ids = Arrays.copyOf(before, before.length + read.length);
    System.arraycopy(read, 0, ids, before.length, read.length);
  }

  private int addToken(String text) {
    tokens.add(text);
    return text.length();
  }

  /** How many tokens it has. */
  public int size() {
    return tokens.size();
  }

  /** Whether it has a token that is read. */
  public boolean isKnown() {
    return ids.length > opening;
  }

  /** Its tokens' texts, which together are the text; empty where a character lacks its end. */
  public List<String> tokens() {
    return Collections.unmodifiableList(tokens);
  }

  /**
   * How likely each of its tokens was when it came, and what was likelier. A token that is not
   * read, and a first one that nothing stands before, have a log probability of NaN.
   *
   * @param alternatives how many are told of each, the likeliest first
   */
  public List<Token> surprise(int alternatives) {
    List<Token> told = new ArrayList<>();
    float[] logits = new float[tokenizer.size()];
    try (Session session = model.newSession(1)) {
      for (int i = 0; i < opening; i++) {
        session.next(new int[] {ids[i]}, logits);
      }
      for (int token = 0; token < places.length; token++) {
        int place = places[token];
        if (place == NOT_READ || place == 0) {
          told.add(new Token(tokens.get(token), Double.NaN, List.of()));
        } else {
          Predictions predicted = Predictions.of(tokenizer, logits);
          double logProbability = predicted.logProbability(ids[place]);
          told.add(new Token(tokens.get(token), logProbability, predicted.likeliest(alternatives)));
        }
        if (place != NOT_READ) {
          session.next(new int[] {ids[place]}, logits);
        }
      }
    }
    return told;
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
   * @return {@code float[T*H]}, one time step for each token of the text; zeros for those that are
   *     not read
   */
  public float[] values(Trace trace, String array) {
    return byToken(trace.get(array), size(), model.spec().hidden());
  }

  /**
   * Which tokens caused another one, as {@link RecurrentModel#attribution} has it.
   *
   * @param token which one, from 0
   * @return {@code float[token]}: what each of the tokens before it did for it; zeros where it, or
   *     they, are not read
   */
  public float[] saliency(int token) {
    int place = places[Objects.checkIndex(token, size())];
    if (place == NOT_READ || place == 0) {
      return new float[token];
    }
    HiddenState zero = HiddenState.zero(model.spec(), 1);
    return byToken(model.attribution(batch(place), zero, new int[] {ids[place]}), token, 1);
  }

  /** Of what there is of each id, {@code float[ids*width]}, that of the first so many tokens. */
  private float[] byToken(float[] values, int count, int width) {
    float[] told = new float[count * width];
    for (int token = 0; token < count; token++) {
      if (places[token] != NOT_READ) {
        System.arraycopy(values, places[token] * width, told, token * width, width);
      }
    }
    return told;
  }

  /** The first so many tokens; the targets, which nobody looks at, are the same. */
  private Batch batch(int steps) {
    int[] inputs = Arrays.copyOf(ids, steps);
    return new Batch(1, steps, inputs, inputs);
  }
}
