package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  @Test
  void numbersDistinctCharactersInAscendingCodePointOrder() {
    // U+FF01 comes before U+1F600 by code point, after it by UTF-16 unit.
    Vocabulary vocabulary = Vocabulary.of("分b😀a不b！分".codePoints().toArray());

    assertThat(vocabulary.size()).isEqualTo(6);
    assertThat(vocabulary.characters()).isEqualTo("ab不分！😀");
    assertThat(vocabulary.id('a')).isZero();
    assertThat(vocabulary.id(0x1F600)).isEqualTo(5);
    assertThat(vocabulary.codePoint(5)).isEqualTo(0x1F600);
  }

  @Test
  void knowsWhatItDoesNotHold() {
    Vocabulary vocabulary = Vocabulary.of('a', 'c');

    assertThat(vocabulary.contains('a')).isTrue();
    assertThat(vocabulary.contains('b')).isFalse();
    assertThat(vocabulary.id('b')).isNegative();
    assertThat(vocabulary.id('a' - 1)).isNegative();
  }

  @Test
  void holdsAllOfUnicode() {
    int[] all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).toArray();
    assertThat(Vocabulary.of(all).size()).isEqualTo(all.length);
  }

  @Property
  void decodingTheIdsGivesTheTextBack(
      @ForAll @StringLength(min = 1, max = 200) @CharRange(from = '一', to = '龥') String text) {
    String mixed = text + "😀 " + text;
    Corpus corpus = TextCorpus.of("x", mixed);

    assertThat(Corpora.text(corpus)).isEqualTo(mixed);
    assertThat(corpus.size()).isEqualTo(mixed.codePointCount(0, mixed.length()));
    assertThat(corpus.vocabulary().size()).isEqualTo((int) mixed.codePoints().distinct().count());
  }

  @Property
  void idsFollowTheOrderOfCodePoints(@ForAll @StringLength(min = 2, max = 100) String text) {
    Vocabulary vocabulary = Vocabulary.of(text.codePoints().toArray());

    for (int id = 0; id < vocabulary.size(); id++) {
      assertThat(vocabulary.id(vocabulary.codePoint(id))).isEqualTo(id);
      if (id > 0) {
        assertThat(vocabulary.codePoint(id)).isGreaterThan(vocabulary.codePoint(id - 1));
      }
    }
  }
}
