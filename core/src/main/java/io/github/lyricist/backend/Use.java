package io.github.lyricist.backend;

/** What a model is made for. */
public enum Use {
  /** Reading and writing: it holds the weights alone, once, in the form that the engine reads. */
  INFERENCE,
  /** Training, and reading and writing besides. */
  TRAINING
}
