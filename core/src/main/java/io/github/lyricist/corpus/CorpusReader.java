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
   * @throws InvalidInputException if there is no such source, it is not UTF-8, or it is empty
   * @throws RunFailedException if reading fails midway
   */
  public static Corpus read(CorpusSpec spec) {
    return TextCorpus.of(spec.source(), codePoints(spec));
  }

  /**
   * The corpus of a spec in the tokens of a model that there already is.
   *
   * @param notice told in one line which characters are left out, if any are
   * @throws InvalidInputException as {@link #read(CorpusSpec)}, and if the text has characters that
   *     the tokenizer does not know, unless the spec says to drop those
   */
  public static Corpus read(CorpusSpec spec, Tokenizer tokenizer, Consumer<String> notice) {
    CodePoints text = codePoints(spec);
    if (!tokenizer.knows(text.distinct())) {
      String unknown = UnknownText.describe(text, tokenizer);
      if (spec.unknown() == UnknownCharacters.ERROR) {
        throw InvalidInputException.ofKey(
            "corpus.unknown",
            "the text has characters that the model does not know: " + unknown,
            "set corpus.unknown: drop to leave them out, or give another text");
      }
      text = text.filter(tokenizer::knows);
      notice.accept("unknown characters left out: " + unknown);
    }
    requireSome(text, spec.source());
    return new TextCorpus(spec.source(), text, tokenizer);
  }

  private static CodePoints codePoints(CorpusSpec spec) {
    long most = spec.limit() == null ? Long.MAX_VALUE : spec.limit();
    CodePoints codePoints;
    try (InputStream in = CorpusSource.open(spec.source())) {
      codePoints = read(in, spec.source(), spec.newlines(), most);
    } catch (ZipException | EOFException e) {
      throw InvalidInputException.at(
          spec.source(), "the archive is damaged: " + e.getMessage(), "pack the text again");
    } catch (IOException e) {
      throw new RunFailedException(spec.source() + ": reading failed: " + e.getMessage(), e);
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

  private static CodePoints read(InputStream in, String source, Newlines newlines, long most)
      throws IOException {
    Utf8Decoder decoder = new Utf8Decoder(in, source);
    CodePoints kept = new CodePoints();
    while (kept.size() < most) {
      int next = decoder.read();
      if (next < 0) {
        break;
      }
      if (kept.size() == 0 && next == BYTE_ORDER_MARK && decoder.codePointsRead() == 1) {
        continue;
      }
      boolean lineEnd = next == '\n' || next == '\r';
      kept.add(lineEnd && newlines == Newlines.SPACE ? ' ' : next);
    }
    return kept;
  }
}
