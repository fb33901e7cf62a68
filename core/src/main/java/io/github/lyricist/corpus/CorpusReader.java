package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.tokens.Tokenizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
    return TextCorpus.of(spec.source(), codePoints(spec, notice));
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
    requireSome(text, spec.source());
    return new TextCorpus(spec.source(), text, tokenizer);
  }

  /** Whether there is something at the place that a spec names. */
  public static boolean exists(CorpusSpec spec) {
    return CorpusSource.exists(spec.source());
  }

  private static CodePoints codePoints(CorpusSpec spec, Consumer<String> notice) {
    long most = spec.limit() == null ? Long.MAX_VALUE : spec.limit();
    CodePoints codePoints;
    try (InputStream in = CorpusSource.open(spec.source())) {
      codePoints = read(in, spec, most, notice);
    } catch (ZipException | EOFException e) {
      throw InvalidInputException.at(
          spec.source(), "the archive is damaged: " + e.getMessage(), "pack the text again");
    } catch (IOException e) {
      throw RunFailedException.reading(spec.source(), e);
    }
    requireSome(codePoints, spec.source());
    return codePoints;
  }

  private static void requireSome(CodePoints codePoints, String source) {
    if (codePoints.size() == 0) {
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
