package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a corpus whose tokens are characters or bytes. */
final class CharacterParts {
  private final CorpusSpec spec;
  private final int batchSize;
  private final CorpusTexts texts;

  CharacterParts(CorpusSpec spec, int batchSize, CorpusTexts texts) {
    this.spec = spec;
    this.batchSize = batchSize;
    this.texts = texts;
  }

  CorpusParts ofBytes() {
    return parts(
        texts.text(texts.reader()),
        texts.textOrNull(texts.validation()),
        texts.textOrNull(texts.test()),
        new ByteTokenizer());
  }

  /** With a vocabulary of its own. */
  CorpusParts of() {
    Text text = texts.text(texts.reader());
    Text validation = texts.textOrNull(texts.validation());
    Text test = texts.textOrNull(texts.test());
    Tokenizer tokenizer =
        spec.minCount() > 1
            ? CharacterTokenizer.withUnknown(text.alphabet(spec.minCount()))
            : CharacterTokenizer.of(text.alphabet() + alphabet(validation) + alphabet(test));
    return parts(text, validation, test, tokenizer);
  }

  private static String alphabet(@Nullable Text text) {
    return text == null ? "" : text.alphabet();
  }

  /** In the characters of a model that there already is. */
  CorpusParts of(Tokenizer known, Consumer<UnknownText> leftOut) {
    Text text = texts.text(texts.reader());
    Text validation = texts.textOrNull(texts.validation());
    Text test = texts.textOrNull(texts.test());
    Tokenizer tokenizer = known;
    if (spec.unknown() == Unknown.GROW) {
      tokenizer =
          ((CharacterTokenizer) known)
              .grown(text.alphabet(spec.minCount()) + alphabet(validation) + alphabet(test));
    }
    return parts(
        Objects.requireNonNull(inTokens(tokenizer, text, texts.reader(), leftOut)),
        inTokens(tokenizer, validation, texts.validation(), leftOut),
        inTokens(tokenizer, test, texts.test(), leftOut),
        tokenizer);
  }

  /** A text without what a tokenizer doesn't know of it. */
  private @Nullable Text inTokens(
      Tokenizer tokenizer,
      @Nullable Text text,
      @Nullable TextReader reader,
      Consumer<UnknownText> leftOut) {
    if (text == null
        || reader == null
        || tokenizer.unknownId().isPresent()
        || tokenizer.knows(text.alphabet())) {
      return text;
    }
    UnknownText unknown = UnknownText.in(text, tokenizer);
    if (spec.unknown() == Unknown.ERROR) {
      throw InvalidInputException.ofKey(
          "corpus.unknown",
          "the text has characters that the model does not know: " + unknown.description(),
          "set corpus.unknown: drop to leave them out, or grow to learn them, or give another text");
    }
    leftOut.accept(unknown);
    if (unknown.count() == text.size()) {
      throw InvalidInputException.at(
          text.source(), "the model knows none of its characters", "give another text");
    }
    TextCache.Key key =
        reader
            .key()
            .of(
                "in the characters of " + tokenizer.identity(),
                "leaving out of %s of text what the model does not know");
    return Text.read(
        text.source(),
        texts
            .cache()
            .get(
                key,
                Text.WIDTH,
                codes -> {
                  Text.Writer writer = new Text.Writer(codes, false);
                  IntSupplier characters = text.characters(0, text.size());
                  BitSet known = new BitSet(); // by character
                  tokenizer.known(text.alphabet()).codePoints().forEach(known::set);
                  for (int next = characters.getAsInt(); next >= 0; next = characters.getAsInt()) {
                    if (known.get(next)) {
                      writer.add(next);
                    }
                  }
                  return writer.head(text.notices());
                }));
  }

  private CorpusParts parts(
      Text text, @Nullable Text validation, @Nullable Text test, Tokenizer tokenizer) {
    return CorpusParts.of(new TextCorpus(text, tokenizer), Cut.of(spec, text.size(), batchSize))
        .withHeldOut(
            validation == null ? null : new TextCorpus(validation, tokenizer),
            test == null ? null : new TextCorpus(test, tokenizer));
  }
}
