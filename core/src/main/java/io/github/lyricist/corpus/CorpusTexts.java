package io.github.lyricist.corpus;

import io.github.lyricist.corpus.CorpusSpec.Tokens;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a corpus is made of.
 *
 * @param training those that are learned from
 * @param notice told in one line each of what a text seldom has
 */
record CorpusTexts(CorpusSpec spec, Texts training, TextCache cache, Consumer<String> notice) {
  TextReader reader() {
    return reader("corpus.source", training, spec.limit());
  }

  /** Of the text that is held out for validation by itself, or null where it is none. */
  @Nullable TextReader validation() {
    return reader("corpus.validation", spec.validation());
  }

  /** Likewise for the test. */
  @Nullable TextReader test() {
    return reader("corpus.test", spec.test());
  }

  private @Nullable TextReader reader(String key, HeldOut heldOut) {
    return heldOut instanceof HeldOut.OwnText own
        ? reader(key, new Texts.Named(List.of(own.source())), null)
        : null;
  }

  private TextReader reader(String key, Texts texts, @Nullable Integer limit) {
    boolean bytes = spec.tokens() == Tokens.BYTE;
    return new TextReader(key, texts, spec.separator(), spec.newlines(), limit, bytes);
  }

  Text text(TextReader reader) {
    Text text = reader.read(cache);
    text.notices().forEach(notice);
    return text;
  }

  @Nullable Text textOrNull(@Nullable TextReader reader) {
    return reader == null ? null : text(reader);
  }
}
