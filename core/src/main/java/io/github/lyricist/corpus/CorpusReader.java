package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** Reads a corpus: its texts, cut into parts and tokens, with what stands for each token. */
public final class CorpusReader {
  private final CorpusSpec spec;
  private final int batchSize;
  private final CorpusTexts texts;

  /**
   * @param batchSize B, how many streams the text is cut into, if it is
   * @param notice told in one line each of what a text seldom has
   */
  public CorpusReader(CorpusSpec spec, int batchSize, TextCache cache, Consumer<String> notice) {
    this(spec, batchSize, new Texts.Named(spec.sources()), cache, notice);
  }

  private CorpusReader(
      CorpusSpec spec, int batchSize, Texts texts, TextCache cache, Consumer<String> notice) {
    this.spec = spec;
    this.batchSize = batchSize;
    this.texts = new CorpusTexts(spec, texts, cache, notice);
  }

  /**
   * Reads texts that are in memory, in place of the spec's sources.
   *
   * @param batchSize B, how many streams the text is cut into, if it is
   * @param notice told in one line each of what a text seldom has
   */
  public static CorpusReader of(
      List<String> texts, CorpusSpec spec, int batchSize, Consumer<String> notice) {
    Texts given = new Texts.Given(List.copyOf(texts));
    return new CorpusReader(spec, batchSize, given, TextCache.none(), notice);
  }

  /**
   * The corpus with a vocabulary of its own.
   *
   * @throws InvalidInputException if there is no such text, it is not UTF-8, or it is empty; if it
   *     can't be cut into such parts, or has no such vocabulary
   * @throws RunFailedException if reading fails midway
   */
  public CorpusParts read() {
    return switch (spec.tokens()) {
      case CHARACTER -> characters().of();
      case BYTE -> characters().ofBytes();
      case WORD, BPE -> pieces().of();
    };
  }

  /**
   * The corpus in the tokens of a model that there already is.
   *
   * @param leftOut told which characters are left out, if any are, before that is done
   * @throws InvalidInputException as {@link #read()}, and if the text has characters that the
   *     tokenizer does not know, unless the spec says what to do with those
   */
  public CorpusParts read(Tokenizer known, Consumer<UnknownText> leftOut) {
    requireSameTokens(known);
    return switch (spec.tokens()) {
      case CHARACTER -> characters().of(known, leftOut);
      case BYTE -> characters().ofBytes();
      case WORD, BPE -> pieces().of(known);
    };
  }

  private CharacterParts characters() {
    return new CharacterParts(spec, batchSize, texts);
  }

  private PieceParts pieces() {
    return new PieceParts(spec, batchSize, texts);
  }

  /**
   * How many characters a corpus has; bytes, where those are the tokens. No more are read than are
   * asked for, so that this takes no time on a long text.
   *
   * @param most the answer where it has more
   * @throws InvalidInputException as {@link #read()}
   */
  public static long characters(CorpusSpec spec, int most) {
    Integer limit = spec.limit();
    CorpusSpec beginning = spec.withLimit(limit == null ? most : Math.min(limit, most));
    CorpusTexts texts = new CorpusReader(beginning, 1, TextCache.none(), odd -> {}).texts;
    return texts.text(texts.reader()).size();
  }

  /** Whether there is something at the place that a spec names. */
  public static boolean exists(CorpusSpec spec) {
    try {
      return TextFiles.of(spec.sources()).stream()
          .map(CorpusSource::fileOf)
          .allMatch(file -> file == null || Files.exists(file));
    } catch (InvalidInputException e) { // a pattern that fits nothing
      return false;
    }
  }

  private void requireSameTokens(Tokenizer tokenizer) {
    if (!spec.tokens().toString().equals(tokenizer.kind())) {
      throw InvalidInputException.ofKey(
          "corpus.tokens",
          "it is %s, but the tokens of the model are of kind %s"
              .formatted(spec.tokens(), tokenizer.kind()),
          "set it to " + tokenizer.kind());
    }
  }
}
