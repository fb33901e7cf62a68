package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.BpeTokenizer;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which text to learn from, and how to read it.
 *
 * @param sources one or more, read one after another: a text file, a {@code .gz} of one, a {@code
 *     .zip} with one text entry, {@code archive.zip!/entry.txt}, {@code bundled:songs}, a folder of
 *     {@code .txt} and {@code .gz} files, or a pattern of files' names
 * @param separator what stands between two texts
 * @param newlines whether line ends become spaces
 * @param limit how many characters to keep, or null for all; bytes, where those are the tokens
 * @param tokens what it is cut into
 * @param vocabulary how many tokens there should be at most, of words or subwords; null for all
 *     that are allowed
 * @param minCount how often a character or word has to come to be one of the vocabulary
 * @param validation what is held out to choose by
 * @param test likewise, to judge by in the end
 * @param split where those two lie, as parts of the text
 * @param unknown what to do with characters that a model started from doesn't know
 */
@RecordBuilder
public record CorpusSpec(
    List<String> sources,
    String separator,
    Newlines newlines,
    @Nullable Integer limit,
    Tokens tokens,
    @Nullable Integer vocabulary,
    int minCount,
    HeldOut validation,
    HeldOut test,
    Split split,
    Unknown unknown)
    implements CorpusSpecBuilder.With {

  /** The prefix of a source that ships with Lyricist. */
  public static final String BUNDLED = "bundled:";

  /** How many words are kept where nobody says how many. */
  public static final int WORDS = 50_000;

  private static final int LEAST_WORDS = 2;
  private static final int MOST_TOKENS = 1 << 20;
  private static final int LONGEST_SEPARATOR = 1000;

  /** Every default but {@code source}, which a config must give. */
  public static final CorpusSpec DEFAULT =
      new CorpusSpec(
          List.of(BUNDLED + "songs"),
          "\n",
          Newlines.SPACE,
          null,
          Tokens.CHARACTER,
          null,
          1,
          new HeldOut.Share(0),
          new HeldOut.Share(0),
          Split.END,
          Unknown.ERROR);

  /** What becomes of line feeds and carriage returns. */
  public enum Newlines {
    /** Each {@code \n} and each {@code \r} becomes one space. */
    SPACE,
    /** They stay as they are. */
    KEEP
  }

  /** What a text is cut into. */
  public enum Tokens {
    /** Its distinct characters, Unicode code points. */
    CHARACTER,
    /** The bytes of the file, as they are: no byte-order mark, UTF-8 or newline rule. */
    BYTE,
    /** Its words, and what stands between them. */
    WORD,
    /** Frequent sequences of bytes, by byte-pair encoding. */
    BPE;

    /** Those that a tokenizer of this kind gives. */
    public static Tokens of(String kind) {
      return valueOf(kind.toUpperCase(Locale.ROOT));
    }

    /** What tokenizers and files call it: {@code character}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which part of a text is held out. */
  public enum Split {
    /** Its end. */
    END,
    /**
     * The end of each of the B streams that consecutive sampling reads side by side, as char-rnn
     * cuts it; each part of each stream is read from the zero state.
     */
    STREAMS
  }

  /** What becomes of tokens outside the vocabulary of a model that training starts from. */
  public enum Unknown {
    /** They are an error, unless the model has a token that stands for them. */
    ERROR,
    /** They are left out, unless the model has a token that stands for them. */
    DROP,
    /** The model gets new rows for them. */
    GROW
  }

  public CorpusSpec {
    sources = List.copyOf(sources);
    if (sources.isEmpty() || sources.stream().anyMatch(String::isBlank)) {
      throw InvalidInputException.ofKey(
          "source", "the corpus has no name", "give a file or " + BUNDLED + "songs");
    }
    if (separator.length() > LONGEST_SEPARATOR) {
      throw InvalidInputException.ofKey(
          "separator",
          "found %d characters".formatted(separator.length()),
          "expected up to %d characters".formatted(LONGEST_SEPARATOR));
    }
    if (limit != null && limit < 1) {
      throw InvalidInputException.ofKey(
          "limit", "found " + limit, "expected a number of characters, at least 1, or null");
    }
    requireVocabulary(tokens, vocabulary);
    if (minCount < 1) {
      throw InvalidInputException.ofKey(
          "minCount", "found " + minCount, "expected a whole number, at least 1");
    }
    if (minCount > 1 && (tokens == Tokens.BYTE || tokens == Tokens.BPE)) {
      throw InvalidInputException.ofKey(
          "minCount",
          "with tokens: %s none is too rare, for all bytes are tokens".formatted(tokens),
          "set it to 1, or use tokens: word or character");
    }
    requireFraction("validation", validation.fraction());
    requireFraction("test", test.fraction());
    double heldOut = validation.fraction() + test.fraction();
    if (!(heldOut < 1)) {
      throw InvalidInputException.ofKey(
          "test",
          "validation and test hold out %s of the text together".formatted(heldOut),
          "leave some to learn from");
    }
  }

  private static void requireVocabulary(Tokens tokens, @Nullable Integer vocabulary) {
    if (vocabulary == null) {
      return;
    }
    if (tokens == Tokens.CHARACTER || tokens == Tokens.BYTE) {
      throw InvalidInputException.ofKey(
          "vocabulary",
          "with tokens: %s it follows from the text".formatted(tokens),
          "leave it out, or use tokens: word or bpe");
    }
    int least = tokens == Tokens.BPE ? BpeTokenizer.LEAST_SIZE : LEAST_WORDS;
    if (vocabulary < least || vocabulary > MOST_TOKENS) {
      throw InvalidInputException.ofKey(
          "vocabulary",
          "found " + vocabulary,
          "expected a whole number, from %d to %d, for bpe from %d, or null"
              .formatted(LEAST_WORDS, MOST_TOKENS, BpeTokenizer.LEAST_SIZE));
    }
  }

  private static void requireFraction(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a fraction from 0, for none, to below 1, or a source");
    }
  }

  /** The corpus of one source by itself, all of it. */
  public static CorpusSpec of(String source) {
    return DEFAULT.withSources(List.of(source));
  }

  /**
   * In other tokens.
   *
   * @param otherVocabulary null where it follows from the text
   */
  public CorpusSpec withTokens(Tokens other, @Nullable Integer otherVocabulary, int otherMinCount) {
    return with(spec -> spec.tokens(other).vocabulary(otherVocabulary).minCount(otherMinCount));
  }

  /** All of the sources in one line, as messages name them. */
  public String source() {
    return String.join(", ", sources);
  }

  /**
   * A source with its path made absolute.
   *
   * @param folder what a relative path is relative to
   * @throws InvalidInputException if it can't be the name of a text
   */
  public static String absolute(String source, Path folder) {
    return TextFiles.absolute(source, folder);
  }
}
