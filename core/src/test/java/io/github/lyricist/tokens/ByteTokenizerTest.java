package io.github.lyricist.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ByteTokenizerTest {
  private final Tokenizer tokenizer = new ByteTokenizer();

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .array(int[].class)
        .ofMaxSize(100)
        .map(text -> new String(text, 0, text.length));
  }

  @Property
  void givesEachTextAgain(@ForAll("texts") String text) {
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void idsAreBytesOfTheUtf8() {
    assertThat(tokenizer.size()).isEqualTo(256);
    assertThat(tokenizer.encode("a分")).containsExactly(0x61, 0xE5, 0x88, 0x86);
    assertThat(tokenizer.text(0x61)).isEqualTo("a");
    assertThat(tokenizer.text(0xE5)).isEqualTo("<0xE5>");
    assertThat(tokenizer.kind() + tokenizer.content()).isEqualTo("byte");
  }

  @Test
  void showsNoHalfCharacter() {
    TextDecoder decoder = tokenizer.decoder();
    List<String> shown = new ArrayList<>();
    for (int id : new int[] {0x61, 0xE5, 0x88, 0x86, 0xF0, 0x9F, 0x98, 0x80, 0xE5, 0x88}) {
      shown.add(decoder.next(id));
    }
    assertThat(shown).containsExactly("a", "", "", "分", "", "", "", "😀", "", "");
    assertThat(decoder.finish()).isEqualTo("\uFFFD");
  }

  @Test
  void bytesOfNoTextAreReplaced() {
    assertThat(tokenizer.decode(0xFF, 0x61, 0xE5, 0x61, 0x88)).isEqualTo("\uFFFDa\uFFFDa\uFFFD");
  }

  @Test
  void knowsAllButHalvesOfPairs() {
    String half = "\uD83D";
    assertThat(tokenizer.knows("a分😀\0")).isTrue();
    assertThat(tokenizer.unknown("a" + half)).containsExactly(half);
    assertThat(tokenizer.known("a" + half + "b")).isEqualTo("ab");
    assertThatThrownBy(() -> tokenizer.encode(half)).isInstanceOf(IllegalArgumentException.class);
  }
}
