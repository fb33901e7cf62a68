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
 * What a model would go on with, for a text that somebody writes. What of it was read before is not
 * read again. May be used by several threads.
 */
public final class Continuations {
  private static final Pattern SPACE = Pattern.compile("\\s");
  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final int TOKENS_PER_CHARACTER = 4; // bytes, at most

  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final PrefixCache texts;

  /** Of a model that nobody changes meanwhile. */
  public Continuations(RecurrentModel model, Tokenizer tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.texts = new PrefixCache(model);
  }

  /**
   * A way to go on: a token, and with it the likeliest ones up to where it is to reach.
   *
   * @param text of it
   * @param probability of its tokens together
   */
  public record Continuation(String text, double probability) {}

  /** How far a continuation goes. */
  public enum Reach {
    /** A token alone. */
    CHARACTER(1, SPACE),
    /** Up to the end of a word, or a phrase where words have no spaces between them. */
    WORD(12, SPACE),
    /** Up to the end of a line; of a word, where a text has no lines. */
    LINE(100, LINE_END);

    private final int most; // characters
    private final Pattern end;

    Reach(int most, Pattern end) {
      this.most = most;
      this.end = end;
    }
  }

  /**
   * The likeliest ways to go on, by their first token; the likeliest first.
   *
   * @param text at least one token, all of it {@linkplain Tokenizer#knows known}
   * @param count how many at most
   */
  public List<Continuation> after(String text, int count, Reach reach) {
    PrefixCache.Reading read = texts.read(tokenizer.encode(text));
    int[] first =
        IntStream.range(0, read.logits().length)
            .filter(id -> !isUnknown(id))
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -read.logits()[id]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    double logSum = Logits.logSumExp(read.logits());
    List<Branch> branches =
        Arrays.stream(first)
            .mapToObj(id -> new Branch(reach, id, read.logits()[id] - logSum))
            .toList();
    goOn(read.state(), branches);
    return branches.stream()
        .filter(branch -> !branch.text.isEmpty())
        .map(branch -> new Continuation(branch.text.toString(), Math.exp(branch.logProbability)))
        .toList();
  }

  private void goOn(HiddenState state, List<Branch> branches) {
    int size = tokenizer.size();
    float[] next = new float[Math.multiplyExact(branches.size(), size)]; // float[B*V]
    try (Session session = model.newSession(1)) {
      session.set(state);
      session.select(new int[branches.size()]);
      while (branches.stream().anyMatch(branch -> !branch.isWhole)) {
        session.next(branches.stream().mapToInt(branch -> branch.id).toArray(), next);
        for (int row = 0; row < branches.size(); row++) {
          branches.get(row).goOn(Arrays.copyOfRange(next, row * size, (row + 1) * size));
        }
      }
    }
  }

  /** A continuation that is being written. */
  private final class Branch {
    private final Reach reach;
    private final Pattern end;
    private final StringBuilder text = new StringBuilder();
    private final TextDecoder decoder = tokenizer.decoder();
    private int id; // of the last token
    private double logProbability;
    private int tokens;
    private boolean isWhole;

    Branch(Reach reach, int id, double logProbability) {
      this.reach = reach;
      this.end = tokenizer.knows("\n") ? reach.end : SPACE;
      this.id = id;
      this.logProbability = logProbability;
      add(decoder.next(id));
    }

    /** Goes on with the likeliest token, if that belongs to the same word, or line. */
    void goOn(float... predicted) {
      if (isWhole) {
        return;
      }
      id = Logits.likeliest(predicted);
      String more = decoder.next(id);
      boolean isNext = !text.toString().isBlank() && end.matcher(more).find();
      isWhole = isNext || isUnknown(id);
      if (!isWhole) {
        logProbability += predicted[id] - Logits.logSumExp(predicted);
        add(more);
      }
    }

    private void add(String more) {
      text.append(more);
      tokens++;
      isWhole = text.length() >= reach.most || tokens >= TOKENS_PER_CHARACTER * reach.most;
    }
  }

  private boolean isUnknown(int id) {
    return tokenizer.unknownId().isPresent() && tokenizer.unknownId().getAsInt() == id;
  }
}
