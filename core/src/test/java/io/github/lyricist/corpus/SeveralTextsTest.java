package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.tokens.CharacterTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of several files, and with held-out texts of their own. */
class SeveralTextsTest {
  private final List<String> notices = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    Files.createDirectories(folder.resolve("a/deep"));
    Files.createDirectories(folder.resolve("a/.hidden"));
    Files.writeString(folder.resolve("a/2.txt"), "\uFEFFtwo");
    Files.writeString(folder.resolve("a/10.txt"), "ten");
    Files.write(folder.resolve("a/deep/3.txt.gz"), Corpora.gzip("three"));
    Files.writeString(folder.resolve("a/.hidden/4.txt"), "four");
    Files.writeString(folder.resolve("a/.5.txt"), "five");
    Files.writeString(folder.resolve("a/notes.md"), "notes");
    Files.writeString(folder.resolve("[b].txt"), "bracket");
  }

  private CorpusSpec spec(String... sources) {
    return CorpusSpec.DEFAULT
        .withSources(
            Arrays.stream(sources).map(source -> CorpusSpec.absolute(source, folder)).toList())
        .withNewlines(Newlines.KEEP);
  }

  private CorpusParts parts(CorpusSpec spec) {
    return new CorpusReader(spec, 2, TextCache.none(), notices::add).read();
  }

  private String text(CorpusSpec spec) {
    return Corpora.text(parts(spec).whole());
  }

  private static CorpusSpec separated(CorpusSpec spec, String separator) {
    return new CorpusSpec(
        spec.sources(),
        separator,
        spec.newlines(),
        spec.limit(),
        spec.tokens(),
        spec.vocabulary(),
        spec.minCount(),
        spec.validation(),
        spec.test(),
        spec.split(),
        spec.unknown());
  }

  @Test
  void aFolderIsItsTextsByTheirPaths() {
    assertThat(text(spec("a"))).isEqualTo("ten\ntwo\nthree");
    assertThat(text(spec("a/"))).isEqualTo("ten\ntwo\nthree");
  }

  @Test
  void aPatternIsWhateverFits() {
    assertThat(text(spec("a/*.txt"))).isEqualTo("ten\ntwo");
    assertThat(text(spec("a/**/[0-9]*.{txt,gz}"))).isEqualTo("ten\ntwo\nthree");
    assertThat(text(spec("a/{**/3*,2*}"))).isEqualTo("two\nthree");
    assertThat(text(spec("a/**/[0-9]*"))).isEqualTo("ten\ntwo\nthree");
    assertThat(text(spec("a/.*"))).isEqualTo("five");
    assertThat(text(spec("a/.hidden/*"))).isEqualTo("four");
    assertThat(text(spec("a/?.txt"))).isEqualTo("two");
  }

  @Test
  void aNameWithBracketsIsAName() {
    assertThat(text(spec("[b].txt"))).isEqualTo("bracket");
  }

  @Test
  void aListIsReadInItsOrder() {
    assertThat(text(spec("a/notes.md", "a/deep", "a/2.txt"))).isEqualTo("notes\nthree\ntwo");
    assertThat(text(separated(spec("a/2.txt", "a/10.txt"), "\r\n--\n")))
        .isEqualTo("two\r\n--\nten");
    assertThat(text(separated(spec("a/2.txt", "a/10.txt"), ""))).isEqualTo("twoten");
    assertThat(text(spec("a").withNewlines(Newlines.SPACE))).isEqualTo("ten two three");
  }

  @Test
  void theLimitIsThatOfTheWhole() {
    assertThat(text(spec("a").withLimit(5))).isEqualTo("ten\nt");
    CorpusSpec bytes =
        separated(spec("a/10.txt", "a/notes.md"), "分").withTokens(Tokens.BYTE, null, 1);
    assertThat(text(bytes)).isEqualTo("ten分notes");
    for (int limit = 1; limit <= 8; limit++) {
      assertThat(parts(bytes.withLimit(limit)).whole().size()).isEqualTo(limit);
    }
  }

  @Test
  void aTextOfItsOwnIsHeldOut() {
    CorpusParts parts =
        parts(
            spec("a/10.txt")
                .withValidation(new HeldOut.OwnText(folder.resolve("a/deep").toString()))
                .withTest(new HeldOut.OwnText(folder.resolve("a/2.txt").toString()))
                .withSplit(CorpusSpec.Split.END));
    assertThat(Corpora.text(parts.training())).isEqualTo("ten");
    assertThat(Corpora.text(Objects.requireNonNull(parts.validation()))).isEqualTo("three");
    assertThat(Corpora.text(Objects.requireNonNull(parts.test()))).isEqualTo("two");
    assertThat(parts.tokenizer().content()).isEqualTo("ehnortw");
    assertThat(parts.heldOut()).isZero();
  }

  @Test
  void rareCharactersAreUnknownWhereThatIsAskedFor() {
    CorpusSpec spec = spec("a").withTokens(Tokens.CHARACTER, null, 2);
    CorpusParts parts = parts(spec); // ten two three
    assertThat(parts.tokenizer().content()).isEqualTo("\net");
    assertThat(Corpora.text(parts.whole())).isEqualTo("te<unk>\nt<unk><unk>\nt<unk><unk>ee");
    UnknownText unknown = UnknownText.in(parts.whole());
    assertThat(unknown.sentence())
        .isEqualTo("tokens that the model does not know, taken for <unk>: 5 of 13, 38.5 %");
  }

  @Test
  void newCharactersJoinThoseThatAModelKnows() {
    CorpusParts parts =
        new CorpusReader(
                spec("a/2.txt").withUnknown(CorpusSpec.Unknown.GROW),
                1,
                TextCache.none(),
                notices::add)
            .read(CharacterTokenizer.of("aot"), unknown -> notices.add(unknown.sentence()));
    assertThat(parts.tokenizer().content()).isEqualTo("aotw");
    assertThat(Corpora.text(parts.whole())).isEqualTo("two");
    assertThat(notices).isEmpty();
  }

  @Test
  void aTextThatIsNoneIsNamedByItsKey() {
    CorpusSpec absent =
        spec("a")
            .withValidation(new HeldOut.OwnText(folder.resolve("none").toString()))
            .withTest(new HeldOut.Share(0))
            .withSplit(CorpusSpec.Split.END);
    assertThatThrownBy(() -> parts(absent))
        .isInstanceOf(InvalidInputException.class)
        .extracting(e -> ((InvalidInputException) e).locatedBy(key -> key).getMessage())
        .asString()
        .startsWith("corpus.validation: there is no file ");
  }
}
