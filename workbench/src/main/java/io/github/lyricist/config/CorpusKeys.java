package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.TEXT;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Split;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.corpus.HeldOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of {@code corpus}. */
final class CorpusKeys extends Table<CorpusSpec> {
  private final Key<CorpusSpec, List<String>> source =
      key(
          "source",
          ValueTypes.TEXT_OR_TEXTS,
          CorpusSpec::sources,
          "each a text file, a .gz or a .zip of one, archive.zip!/entry.txt, a folder of .txt and"
              + " .gz files, a pattern such as songs/**/*.txt, or bundled:songs",
          "The text, or several; the one key that has no default.");
  private final Key<CorpusSpec, String> separator =
      key(
          "separator",
          TEXT,
          CorpusSpec::separator,
          "up to 1000 characters",
          "What stands between two texts.");
  private final Key<CorpusSpec, Newlines> newlines =
      key(
          "newlines",
          ValueTypes.choice(Newlines.values()),
          CorpusSpec::newlines,
          "Whether each line feed and each carriage return becomes a space or stays as it is.");
  private final Key<CorpusSpec, @Nullable Integer> limit =
      key(
          "limit",
          ValueTypes.orNull(INTEGER),
          CorpusSpec::limit,
          "at least 1",
          "How many characters, with tokens: byte bytes, to keep from the start of the text; null"
              + " keeps all.");
  private final Key<CorpusSpec, Tokens> tokens =
      key(
          "tokens",
          ValueTypes.choice(Tokens.values()),
          CorpusSpec::tokens,
          "What the text is cut into: characters, the file's bytes as they are, words and what"
              + " stands between them, or subwords by byte-pair encoding.");
  private final Key<CorpusSpec, @Nullable Integer> vocabulary =
      key(
          "vocabulary",
          ValueTypes.orNull(INTEGER),
          CorpusSpec::vocabulary,
          "from 2 to 1048576, for bpe from 256",
          "How many tokens there are with bpe, where it must be given, or at most with word, where"
              + " null is "
              + CorpusSpec.WORDS
              + ".");
  private final Key<CorpusSpec, Integer> minCount =
      key(
          "minCount",
          INTEGER,
          CorpusSpec::minCount,
          "at least 1",
          "Characters or words that come more rarely become <unk>; bytes and subwords never do.");
  private final Key<CorpusSpec, HeldOut> validation =
      key(
          "validation",
          ValueTypes.HELD_OUT,
          CorpusSpec::validation,
          "a fraction from 0, for none, to below 1, or a source",
          "The part of the text, at its end, that is held out to measure the model by; or a text of"
              + " its own.");
  private final Key<CorpusSpec, HeldOut> test =
      key(
          "test",
          ValueTypes.HELD_OUT,
          CorpusSpec::test,
          "a fraction from 0, for none, to below 1, or a source",
          "The part after that, by which nothing is chosen, or a text of its own; eval --part test"
              + " scores it.");
  private final Key<CorpusSpec, Split> split =
      key(
          "split",
          ValueTypes.choice(Split.values()),
          CorpusSpec::split,
          "Whether the text's end is held out, or the end of each of the batchSize streams that"
              + " consecutive sampling reads.");
  private final Key<CorpusSpec, Unknown> unknown =
      key(
          "unknown",
          ValueTypes.choice(Unknown.values()),
          CorpusSpec::unknown,
          "What becomes of characters or words that the model of model.from does not know: they are"
              + " an error, left out, or given rows of their own.");

  CorpusKeys() {
    super(CorpusSpec.DEFAULT);
  }

  @Override
  CorpusSpec make(Values<CorpusSpec> values) {
    List<String> sources = new ArrayList<>();
    for (String each : values.required(source, "name a text file, or bundled:songs")) {
      sources.add(each.isBlank() ? each : CorpusSpec.absolute(each, values.folder(source)));
    }
    return new CorpusSpec(
        sources,
        values.get(separator),
        values.get(newlines),
        values.get(limit),
        values.get(tokens),
        values.get(vocabulary),
        values.get(minCount),
        absolute(values, validation),
        absolute(values, test),
        values.get(split),
        values.get(unknown));
  }

  private static HeldOut absolute(Values<CorpusSpec> values, Key<CorpusSpec, HeldOut> key) {
    try {
      return values.get(key) instanceof HeldOut.OwnText own
          ? new HeldOut.OwnText(CorpusSpec.absolute(own.source(), values.folder(key)))
          : values.get(key);
    } catch (InvalidInputException e) {
      throw e.asOf(key.name());
    }
  }
}
