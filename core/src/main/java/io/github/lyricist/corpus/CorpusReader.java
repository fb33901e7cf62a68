package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.tokens.Tokenizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Reads a corpus: opens its source, decodes it, and keeps the characters that the spec asks for.
 */
public final class CorpusReader {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private CorpusReader() {}

  /**
   * The corpus of a spec.
   *
   * @param notice told in one line each of what a text seldom has
   * @throws InvalidInputException if there is no such source, it is not UTF-8, or it is empty
   * @throws RunFailedException if reading fails midway
   */
  public static Corpus read(CorpusSpec spec, Consumer<String> notice) {
    return spec.tokens() == Tokens.BYTE
        ? bytes(spec)
        : TextCorpus.of(spec.source(), codePoints(spec, notice));
  }

  /**
   * The corpus of a spec in the tokens of a model that there already is.
   *
   * @param notice told in one line each of what a text seldom has
   * @param leftOut told which characters are left out, if any are, before that is done
   * @throws InvalidInputException as {@link #read(CorpusSpec, Consumer)}, and if the text has
   *     characters that the tokenizer does not know, unless the spec says to drop those
   */
  public static Corpus read(
      CorpusSpec spec,
      Tokenizer tokenizer,
      Consumer<String> notice,
      Consumer<UnknownText> leftOut) {
    requireSameTokens(spec, tokenizer);
    if (spec.tokens() == Tokens.BYTE) {
      return bytes(spec);
    }
    CodePoints text = codePoints(spec, notice);
    if (!tokenizer.knows(text.distinct())) {
      UnknownText unknown = UnknownText.in(text, tokenizer);
      if (spec.unknown() == UnknownCharacters.ERROR) {
        throw InvalidInputException.ofKey(
            "corpus.unknown",
            "the text has characters that the model does not know: " + unknown.description(),
            "set corpus.unknown: drop to leave them out, or give another text");
      }
      leftOut.accept(unknown);
      text = text.filter(tokenizer::knows);
    }
    requireSome(text.size(), spec.source());
    return new TextCorpus(spec.source(), text, tokenizer);
  }

  /** Whether there is something at the place that a spec names. */
  public static boolean exists(CorpusSpec spec) {
    return CorpusSource.exists(spec.source());
  }

  private static void requireSameTokens(CorpusSpec spec, Tokenizer tokenizer) {
    String asked = spec.tokens().name().toLowerCase(Locale.ROOT);
    if (!asked.equals(tokenizer.kind())) {
      throw InvalidInputException.ofKey(
          "corpus.tokens",
          "it is %s, but the tokens of the model are of kind %s".formatted(asked, tokenizer.kind()),
          "set it to " + tokenizer.kind());
    }
  }

  private static Corpus bytes(CorpusSpec spec) {
    Corpus corpus = opened(spec, (in, most) -> ByteCorpus.read(in, spec.source(), most));
    requireSome(corpus.size(), spec.source());
    return corpus;
  }

  private static CodePoints codePoints(CorpusSpec spec, Consumer<String> notice) {
    CodePoints codePoints = opened(spec, (in, most) -> read(in, spec, most, notice));
    requireSome(codePoints.size(), spec.source());
    return codePoints;
  }

  /** What is made of a text's bytes. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(InputStream in, long most) throws IOException;
  }

  private static <T> T opened(CorpusSpec spec, Reading<T> reading) {
    long most = spec.limit() == null ? Long.MAX_VALUE : spec.limit();
    try (InputStream in = CorpusSource.open(spec.source())) {
      return reading.of(in, most);
    } catch (ZipException | EOFException e) {
      throw InvalidInputException.at(
          spec.source(), "the archive is damaged: " + e.getMessage(), "pack the text again");
    } catch (IOException e) {
      throw RunFailedException.reading(spec.source(), e);
    }
  }

  private static void requireSome(long size, String source) {
    if (size == 0) {
      throw InvalidInputException.at(
          source, "the corpus is empty", "give a text with at least a few hundred characters");
    }
  }

  private static CodePoints read(
      InputStream in, CorpusSpec spec, long most, Consumer<String> notice) throws IOException {
    Utf8Decoder decoder = new Utf8Decoder(in, spec.source());
    ForeignText foreign = new ForeignText();
    CodePoints kept = new CodePoints();
    while (kept.size() < most) {
      int next = decoder.read();
      if (next < 0) {
        break;
      }
      if (kept.size() == 0 && next == BYTE_ORDER_MARK && decoder.codePointsRead() == 1) {
        continue;
      }
      foreign.add(next);
      boolean lineEnd = next == '\n' || next == '\r';
      kept.add(lineEnd && spec.newlines() == Newlines.SPACE ? ' ' : next);
    }
    foreign.tell(spec.source(), notice);
    return kept;
  }
}
