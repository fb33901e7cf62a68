package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CharacterTokenizerTest {

  /** Well-formed text: any code points but surrogates, the rare planes as often as the others. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0xD7FF),
            Arbitraries.integers().between(0xE000, 0xFFFF),
            Arbitraries.integers().between(0x10000, Character.MAX_CODE_POINT));
    return codePoints
        .array(int[].class)
        .ofMaxSize(100)
        .map(text -> new String(text, 0, text.length));
  }

  @Test
  void numbersDistinctCharactersInAscendingCodePointOrder() {
    // U+FF01 comes before U+1F600 by code point, after it by UTF-16 unit.
    Tokenizer tokenizer = CharacterTokenizer.of("分b😀a不b！分");

    assertThat(tokenizer.size()).isEqualTo(6);
    assertThat(tokenizer.kind()).isEqualTo("character");
    assertThat(tokenizer.content()).isEqualTo("ab不分！😀");
    assertThat(tokenizer.encode("😀a！")).containsExactly(5, 0, 4);
    assertThat(tokenizer.text(5)).isEqualTo("😀");
  }

  @Test
  void tellsWhatItDoesNotKnow() {
    Tokenizer tokenizer = CharacterTokenizer.of("ac");

    assertThat(tokenizer.unknown("😀aXcb😀")).containsExactly("😀", "X", "b", "😀");
    assertThat(tokenizer.known("😀aXcb😀")).isEqualTo("ac");
    assertThat(tokenizer.knows("caca")).isTrue();
    assertThat(tokenizer.knows("cab")).isFalse();
    assertThatThrownBy(() -> tokenizer.encode("a😀"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown character U+1F600");
  }

  @Test
  void holdsAllOfUnicode() {
    int[] all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).toArray();
    String text = new String(all, 0, all.length);
    // Half a pair before its other half reads as the character that both make: one place in all.
    assertThat(CharacterTokenizer.of(text).size()).isEqualTo(all.length - 2);
  }

  @Test
  void anIdentityIsThatOfTheCharacters() {
    String identity = CharacterTokenizer.of("banana").identity();
    assertThat(identity).startsWith("character:").hasSize("character:".length() + 64);
    assertThat(CharacterTokenizer.of("nab").identity()).isEqualTo(identity);
    assertThat(CharacterTokenizer.of("nabs").identity()).isNotEqualTo(identity);
  }

  @Property
  void decodingTheIdsGivesTheTextBack(@ForAll("texts") String text) {
    Tokenizer tokenizer = CharacterTokenizer.of(text);
    int[] ids = tokenizer.encode(text);

    assertThat(tokenizer.decode(ids)).isEqualTo(text);
    assertThat(ids).hasSize(text.codePointCount(0, text.length()));
    assertThat(Arrays.stream(ids).allMatch(id -> id >= 0 && id < tokenizer.size())).isTrue();
  }

  @Property
  void decodesWholeCharactersAlone(@ForAll("texts") String text) {
    Tokenizer tokenizer = CharacterTokenizer.of(text);
    TextDecoder decoder = tokenizer.decoder();
    for (int id : tokenizer.encode(text)) {
      String piece = decoder.next(id);
      assertThat(piece).isEqualTo(tokenizer.text(id));
      assertThat(Characters.isOne(piece)).isTrue();
      assertThat(Characters.isHalf(piece)).isFalse();
    }
    assertThat(decoder.finish()).isEmpty();
  }

  @Property
  void idsFollowTheOrderOfCodePoints(@ForAll("texts") String text) {
    int[] characters = CharacterTokenizer.of(text).content().codePoints().toArray();

    assertThat(characters).isSorted().doesNotHaveDuplicates();
    assertThat(CharacterTokenizer.of(text).encode(CharacterTokenizer.of(text).content()))
        .isEqualTo(IntStream.range(0, characters.length).toArray());
  }

  @Property
  void whatIsKnownAndWhatIsNotMakeUpTheText(
      @ForAll("texts") String text, @ForAll("texts") String vocabulary) {
    Tokenizer tokenizer = CharacterTokenizer.of(vocabulary + "a");
    String mixed = text + "a" + vocabulary;

    assertThat(tokenizer.knows(tokenizer.known(mixed))).isTrue();
    assertThat(tokenizer.known(mixed).codePoints().count() + tokenizer.unknown(mixed).size())
        .isEqualTo(mixed.codePoints().count());
  }
}
