package io.github.lyricist.generation;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a model would go on with, for a text that somebody writes. Belongs to one thread; a text
 * that goes on from the last one is not read again.
 */
public final class Continuations implements AutoCloseable {
  private static final Pattern SPACE = Pattern.compile("\\s");
  private static final int TOKENS_PER_CHARACTER = 4; // bytes, at most

  private final Tokenizer tokenizer;
  private final int most;
  private final Session session;
  private final float[] logits; // float[V]: what is predicted after the tokens that were read
  private int[] read = {};
  private final HiddenState begun;
  private HiddenState state;

  /**
   * Begins with no text.
   *
   * @param most characters of a continuation
   */
  public Continuations(RecurrentModel model, Tokenizer tokenizer, int most) {
    this.tokenizer = tokenizer;
    this.most = most;
    this.session = model.newSession(1);
    this.logits = new float[tokenizer.size()];
    this.begun = session.state();
    this.state = begun;
  }

  /**
   * A way to go on: a token, and with it the likeliest ones up to the end of a word, or a line.
   *
   * @param text of it
   * @param probability of its tokens together
   */
  public record Continuation(String text, double probability) {}

  /**
   * The likeliest ways to go on, by their first token; the likeliest first.
   *
   * @param text at least one token, all of it {@linkplain Tokenizer#knows known}
   * @param count how many at most
   */
  public List<Continuation> after(String text, int count) {
    read(tokenizer.encode(text));
    int[] first =
        IntStream.range(0, logits.length)
            .filter(id -> !isUnknown(id))
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -logits[id]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    return goOn(first);
  }

  /** Reads a text, or what of it is new. */
  private void read(int... ids) {
    int same = Arrays.mismatch(read, ids);
    boolean goesOn = same < 0 || same == read.length;
    session.set(goesOn ? state : begun);
    int from = goesOn ? read.length : 0;
    for (int i = from; i < ids.length; i++) {
      session.next(new int[] {ids[i]}, logits);
    }
    read = ids;
    state = session.state();
  }

  private List<Continuation> goOn(int... first) {
    double logSum = Logits.logSumExp(logits);
    List<Branch> branches =
        Arrays.stream(first).mapToObj(id -> new Branch(id, logits[id] - logSum)).toList();
    session.select(new int[first.length]);
    float[] next = new float[Math.multiplyExact(first.length, tokenizer.size())]; // float[B*V]
    while (branches.stream().anyMatch(branch -> !branch.isWhole)) {
      session.next(branches.stream().mapToInt(branch -> branch.id).toArray(), next);
      for (int row = 0; row < first.length; row++) {
        int from = row * tokenizer.size();
        branches.get(row).goOn(Arrays.copyOfRange(next, from, from + tokenizer.size()));
      }
    }
    return branches.stream()
        .filter(branch -> !branch.text.isEmpty())
        .map(branch -> new Continuation(branch.text.toString(), Math.exp(branch.logProbability)))
        .toList();
  }

  /** A continuation that is being written. */
  private final class Branch {
    private final StringBuilder text = new StringBuilder();
    private final TextDecoder decoder = tokenizer.decoder();
    private int id; // of the last token
    private double logProbability;
    private int tokens;
    private boolean isWhole;

    Branch(int id, double logProbability) {
      this.id = id;
      this.logProbability = logProbability;
      add(decoder.next(id));
    }

    /** Goes on with the likeliest token, if that belongs to the same word, or phrase. */
    void goOn(float... predicted) {
      id = Logits.likeliest(predicted);
      String more = decoder.next(id);
      boolean isNextWord = !text.toString().isBlank() && SPACE.matcher(more).find();
      isWhole |= isNextWord || isUnknown(id);
      if (!isWhole) {
        logProbability += predicted[id] - Logits.logSumExp(predicted);
        add(more);
      }
    }

    private void add(String more) {
      text.append(more);
      tokens++;
      isWhole = text.length() >= most || tokens >= TOKENS_PER_CHARACTER * most;
    }
  }

  private boolean isUnknown(int id) {
    return tokenizer.unknownId().isPresent() && tokenizer.unknownId().getAsInt() == id;
  }

  @Override
  public void close() {
    session.close();
  }
}
