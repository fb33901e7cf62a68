package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.Limits;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Decoding what a text was encoded to gives the text. */
class RoundTripTest {
  private static final int TEXTS = 10_000;
  private static final Tokenizer BPE =
      Tokenizer.of(
          "bpe", false, "Ġ t\nh e\nĠt he\nå ¤\nð Ł\nðŁ ĺ\nÌ ģ\nĠ Ġ\nčĊ a".replace("čĊ a", "č Ċ"));

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .map(Character::toString);
    Arbitrary<String> odd =
        Arbitraries.of(
            "\0",
            "\r",
            "\n",
            "\r\n",
            " ",
            "  ",
            "\t",
            "\u00A0",
            "\u2028",
            "\uFEFF",
            "e\u0301",
            "\u0301",
            "👩‍👩‍👧‍👦",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
            "🇨🇭",
            "👍🏽",
            "✌️",
            "1️⃣",
            "한",
            "ᄒ",
            "नमस्ते",
            "ที่นี่",
            "don't",
            "they'll",
            "3.14",
            "<unk>",
            "the ",
            "车站",
            "「",
            "Ġ",
            "א",
            "\u202E",
            "x\u200D");
    return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(3, odd))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = TEXTS, shrinking = ShrinkingMode.BOUNDED)
  void ofCharacters(@ForAll("texts") String text) {
    assertRoundTrip(CharacterTokenizer.of(text), text);
    assertRoundTrip(CharacterTokenizer.withUnknown(text), text);
  }

  @Property(tries = TEXTS, shrinking = ShrinkingMode.BOUNDED)
  void ofBytes(@ForAll("texts") String text) {
    assertRoundTrip(new ByteTokenizer(), text);
  }

  @Property(tries = TEXTS, shrinking = ShrinkingMode.BOUNDED)
  void ofWords(@ForAll("texts") String text) {
    PieceCounts words = PieceCounts.ofWords();
    words.read(Characters.of(text));
    assertRoundTrip(WordTokenizer.learn(words, Limits.DISTINCT_PIECES, 1), text);
  }

  @Property(tries = TEXTS, shrinking = ShrinkingMode.BOUNDED)
  void ofSubwords(@ForAll("texts") String text) {
    assertRoundTrip(BPE, text);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void ofSubwordsThatTheTextGave(@ForAll("texts") String text) {
    PieceCounts pieces = PieceCounts.ofSubwords();
    pieces.read(Characters.of(text));
    assertRoundTrip(BpeTokenizer.learn(pieces, 400), text);
  }

  /** And so it is once the tokenizer went through a file. */
  private static void assertRoundTrip(Tokenizer tokenizer, String text) {
    int[] ids = tokenizer.encode(text);
    assertThat(tokenizer.decode(ids)).isEqualTo(text);
    assertThat(tokenizer.knows(text)).isTrue();
    assertThat(tokenizer.known(text)).isEqualTo(text);
    if (tokenizer.size() > 0 && !text.isEmpty()) {
      Tokenizer again =
          Tokenizer.of(tokenizer.kind(), tokenizer.unknownId().isPresent(), tokenizer.content());
      assertThat(again.encode(text)).isEqualTo(ids);
      assertThat(again.identity()).isEqualTo(tokenizer.identity());
    }
  }
}
