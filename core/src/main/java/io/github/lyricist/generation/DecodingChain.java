package io.github.lyricist.generation;

import java.util.List;

/** Logits go through processors, one after another; then a token is taken. */
final class DecodingChain implements Choice {
  private final boolean[] seen; // boolean[V]
  private final List<LogitsProcessor> processors;
  private final Take take;
  private final double[] logits; // double[V]

  /** Takes a token. */
  @FunctionalInterface
  interface Take {
    /**
     * The token that is taken.
     *
     * @param logits {@code double[V]}, of which the largest is finite; may be overwritten
     */
    int from(double[] logits);
  }

  /**
   * @param seen {@code boolean[V]}, where the tokens of the text are marked
   */
  DecodingChain(boolean[] seen, List<LogitsProcessor> processors, Take take) {
    this.seen = seen;
    this.processors = processors;
    this.take = take;
    this.logits = new double[seen.length];
  }

  @Override
  public void read(int id) {
    seen[id] = true;
  }

  @Override
  public int choose(float[] predicted) {
    Logits.likeliest(predicted);
    for (int id = 0; id < logits.length; id++) {
      logits[id] = predicted[id];
    }
    processors.forEach(processor -> processor.process(logits));
    return take.from(logits);
  }
}
