package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;
import static io.github.lyricist.config.ValueTypes.TEXT;

import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Split;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import org.jspecify.annotations.Nullable;

/** The keys of {@code corpus}. */
final class CorpusKeys extends Table<CorpusSpec> {
  private final Key<CorpusSpec, String> source =
      key(
          "source",
          TEXT,
          CorpusSpec::source,
          "a text file, a .gz or a .zip of one, archive.zip!/entry.txt, or bundled:songs",
          "The text; the one key that has no default.");
  private final Key<CorpusSpec, Newlines> newlines =
      key(
          "newlines",
          ValueTypes.choice(Newlines.values()),
          CorpusSpec::newlines,
          "Whether each line feed and each carriage return becomes a space or stays.");
  private final Key<CorpusSpec, @Nullable Integer> limit =
      key(
          "limit",
          ValueTypes.orNull(INTEGER),
          CorpusSpec::limit,
          "at least 1",
          "How many characters to keep from the start of the text; null keeps all.");
  private final Key<CorpusSpec, Tokens> tokens =
      key(
          "tokens",
          ValueTypes.choice(Tokens.values()),
          CorpusSpec::tokens,
          "What the text is cut into: its characters, or the file's bytes as they are.");
  private final Key<CorpusSpec, Double> validation =
      key(
          "validation",
          NUMBER,
          CorpusSpec::validation,
          "from 0 to below 1",
          "The fraction of the text, at its end, that is held out to measure the model by.");
  private final Key<CorpusSpec, Double> test =
      key(
          "test",
          NUMBER,
          CorpusSpec::test,
          "from 0 to below 1",
          "The fraction after that, which no choice is made by; eval --part test scores it.");
  private final Key<CorpusSpec, Split> split =
      key(
          "split",
          ValueTypes.choice(Split.values()),
          CorpusSpec::split,
          "Whether the text's end is held out, or the end of each of the batchSize streams that"
              + " consecutive sampling reads.");
  private final Key<CorpusSpec, UnknownCharacters> unknown =
      key(
          "unknown",
          ValueTypes.choice(UnknownCharacters.values()),
          CorpusSpec::unknown,
          "What becomes of characters that the model of model.from does not know.");

  CorpusKeys() {
    super(CorpusSpec.DEFAULT);
  }

  @Override
  CorpusSpec make(Values<CorpusSpec> values) {
    return new CorpusSpec(
            values.required(source, "name a text file, or bundled:songs"),
            values.get(newlines),
            values.get(limit),
            values.get(tokens),
            values.get(validation),
            values.get(test),
            values.get(split),
            values.get(unknown))
        .resolvedAgainst(values.folder(source));
  }
}
