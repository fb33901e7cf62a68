package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.tokens.BpeTokenizer;
import io.github.lyricist.tokens.PieceCounts;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.tokens.WordTokenizer;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a corpus whose tokens are words or subwords. */
final class PieceParts {
  private static final String TASK = "cutting %s of text into tokens";

  private final CorpusSpec spec;
  private final int batchSize;
  private final CorpusTexts texts;

  PieceParts(CorpusSpec spec, int batchSize, CorpusTexts texts) {
    this.spec = spec;
    this.batchSize = batchSize;
    this.texts = texts;
  }

  /** Chooses the tokenizer of a text. */
  @FunctionalInterface
  private interface Choice {
    Tokenizer of(Text text, Cut cut);
  }

  /** With a vocabulary of its own. */
  CorpusParts of() {
    return of(pieces(key(""), mostTokens(), this::learned));
  }

  /** In the tokens of a model that there already is. */
  CorpusParts of(Tokenizer known) {
    if (spec.unknown() == Unknown.GROW && known instanceof WordTokenizer words) {
      return of(
          pieces(
              key("grown from " + known.identity()),
              Math.max(mostTokens(), known.size()),
              (text, cut) -> words.grown(counted(text, cut), mostTokens(), spec.minCount())));
    }
    // Where the tokenizer is the one that the text gave itself, its tokens may be there already.
    TextCache.Key own = key("");
    return texts
        .cache()
        .find(own, Ids.width(mostTokens()), ids -> written(ids, this::learned))
        .map(entry -> PieceCorpus.read(texts.training().source(), entry))
        .filter(corpus -> corpus.tokenizer().identity().equals(known.identity()))
        .map(this::of)
        .orElseGet(
            () ->
                of(
                    pieces(
                        key("in those of " + known.identity()),
                        known.size(),
                        (text, cut) -> known)));
  }

  private CorpusParts of(PieceCorpus whole) {
    return CorpusParts.of(whole, cut(whole.characters()))
        .withHeldOut(
            pieces(texts.validation(), whole.tokenizer()), pieces(texts.test(), whole.tokenizer()));
  }

  private @Nullable Corpus pieces(@Nullable TextReader reader, Tokenizer tokenizer) {
    if (reader == null) {
      return null;
    }
    TextCache.Key key = reader.key().of("tokens 1: " + tokenizer.identity(), TASK);
    return PieceCorpus.read(
        reader.source(),
        texts
            .cache()
            .get(
                key,
                Ids.width(tokenizer.size()),
                ids -> {
                  Text text = texts.text(reader);
                  return PieceCorpus.write(text, Cut.none(text.size()), tokenizer, ids);
                }));
  }

  private PieceCorpus pieces(TextCache.Key key, int mostTokens, Choice tokenizer) {
    return PieceCorpus.read(
        texts.training().source(),
        texts.cache().get(key, Ids.width(mostTokens), ids -> written(ids, tokenizer)));
  }

  private byte[] written(IdSink ids, Choice tokenizer) {
    Text text = texts.text(texts.reader());
    Cut cut = cut(text.size());
    return PieceCorpus.write(text, cut, tokenizer.of(text, cut), ids);
  }

  /** What the tokens are called in the cache: all that they depend on. */
  private TextCache.Key key(String tokenizer) {
    return texts
        .reader()
        .key()
        .of(
            "tokens 1: %s, vocabulary %s, minCount %d, validation %s, test %s, split %s%s %s"
                .formatted(
                    spec.tokens(),
                    spec.vocabulary(),
                    spec.minCount(),
                    spec.validation().fraction(),
                    spec.test().fraction(),
                    spec.split(),
                    spec.split() == CorpusSpec.Split.STREAMS ? " " + batchSize : "",
                    tokenizer),
            TASK);
  }

  private int mostTokens() {
    return spec.vocabulary() == null ? CorpusSpec.WORDS : spec.vocabulary();
  }

  private Cut cut(long characters) {
    return Cut.of(spec, characters, batchSize);
  }

  private PieceCounts counted(Text text, Cut cut) {
    PieceCounts counts =
        spec.tokens() == Tokens.WORD ? PieceCounts.ofWords() : PieceCounts.ofSubwords();
    for (int stretch = 0; stretch < cut.stretches(); stretch++) {
      counts.read(
          text.characters(cut.start(stretch, Cut.TRAINING), cut.lengths().get(Cut.TRAINING)));
    }
    return counts;
  }

  private Tokenizer learned(Text text, Cut cut) {
    if (spec.tokens() == Tokens.WORD) {
      return WordTokenizer.learn(counted(text, cut), mostTokens(), spec.minCount());
    }
    if (spec.vocabulary() == null) {
      throw InvalidInputException.ofKey(
          "corpus.vocabulary",
          "tokens: bpe needs to be told how many tokens there should be",
          "set it: 500 or 2000 do for a book");
    }
    BpeTokenizer tokenizer = BpeTokenizer.learn(counted(text, cut), spec.vocabulary());
    if (tokenizer.size() < spec.vocabulary()) {
      throw InvalidInputException.ofKey(
          "corpus.vocabulary",
          "found %,d, but this text gives no more than %,d tokens: no other pair comes twice"
              .formatted(spec.vocabulary(), tokenizer.size()),
          "lower it, or give a longer text");
    }
    return tokenizer;
  }
}
