package io.github.lyricist.generation;

/**
 * Changes what a model predicts before a token is drawn; as Hugging Face's Transformers call it.
 */
@FunctionalInterface
interface LogitsProcessor {
  /**
   * Changes them.
   *
   * @param logits {@code double[V]}, changed in place; negative infinity is never drawn
   */
  void process(double[] logits);
}
