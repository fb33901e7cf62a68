package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Sha256;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusReaderTest {

  static CorpusSpec spec(String source, Newlines newlines, @Nullable Integer limit) {
    return CorpusSpec.of(source).withNewlines(newlines).withLimit(limit);
  }

  /** All of a corpus, kept in memory. */
  static Corpus read(CorpusSpec spec, Consumer<String> notice) {
    return new CorpusReader(spec, 1, TextCache.none(), notice).read().whole();
  }

  private static Corpus read(CorpusSpec spec, Tokenizer tokenizer, Consumer<UnknownText> leftOut) {
    return new CorpusReader(spec, 1, TextCache.none(), notice -> {})
        .read(tokenizer, leftOut)
        .whole();
  }

  private static String read(Path file, Newlines newlines, @Nullable Integer limit) {
    return Corpora.text(read(spec(file.toString(), newlines, limit), notice -> {}));
  }

  private static Path file(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("song.txt"), text);
  }

  @Test
  void readsTheSameTextFromAFileAGzipAndAZip(@TempDir Path folder) throws IOException {
    String text = "车站的钟\n又慢了三秒";
    Path gzip = Files.write(folder.resolve("song.txt.gz"), Corpora.gzip(text));
    Path zip = Corpora.zip(folder.resolve("SONG.ZIP"), text, List.of("song.txt"));

    assertThat(read(file(folder, text), Newlines.KEEP, null)).isEqualTo(text);
    assertThat(read(gzip, Newlines.KEEP, null)).isEqualTo(text);
    assertThat(read(zip, Newlines.KEEP, null)).isEqualTo(text);
  }

  @Test
  void knowsSourceSizeAndChecksumOfTheTextUsed(@TempDir Path folder) throws IOException {
    Path file = file(folder, "\uFEFFabcdef");

    Corpus corpus = read(spec(file.toString(), Newlines.SPACE, 3), notice -> {});

    assertThat(corpus.source()).isEqualTo(file.toString());
    assertThat(corpus.size()).isEqualTo(3);
    assertThat(corpus.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void readsBytesAsTheyAre(@TempDir Path folder) throws IOException {
    byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', '\r', '\n', (byte) 0xFF};
    String file = Files.write(folder.resolve("bytes"), bytes).toString();
    CorpusSpec all = CorpusSpec.of(file).withTokens(CorpusSpec.Tokens.BYTE, null, 1);

    Corpus corpus = read(all, notice -> {});

    assertThat(corpus.tokenizer().kind()).isEqualTo("byte");
    assertThat(corpus.characters()).isEqualTo(7);
    assertThat(corpus.sha256()).isEqualTo(Sha256.of(bytes));
    int[] ids = new int[9];
    corpus.read(1, ids, 2, 6);
    assertThat(ids).containsExactly(0, 0, 0xBB, 0xBF, 'a', '\r', '\n', 0xFF, 0);
    CorpusSpec some = all.withLimit(4);
    assertThat(read(some, notice -> {}).size()).isEqualTo(4);
  }

  @Test
  void manyBytesAreReadAcrossBlocks(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[(1 << 22) + 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    String file = Files.write(folder.resolve("bytes"), bytes).toString();
    Corpus corpus =
        read(CorpusSpec.of(file).withTokens(CorpusSpec.Tokens.BYTE, null, 1), notice -> {});
    assertThat(corpus.size()).isEqualTo(bytes.length);
    int[] ids = new int[5];
    corpus.read((1 << 22) - 2, ids, 0, 5);
    for (int i = 0; i < 5; i++) {
      assertThat(ids[i]).isEqualTo(bytes[(1 << 22) - 2 + i] & 0xFF);
    }
  }

  @Test
  void aModelOfOtherTokensDoesNotRead(@TempDir Path folder) throws IOException {
    CorpusSpec spec = spec(file(folder, "abc").toString(), Newlines.KEEP, null);
    assertThatThrownBy(() -> read(spec, new ByteTokenizer(), unknown -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "it is character, but the tokens of the model are of kind byte; set it to" + " byte");
  }

  @Test
  void dropsOneByteOrderMarkAtTheStartAlone(@TempDir Path folder) throws IOException {
    assertThat(read(file(folder, "\uFEFFab"), Newlines.KEEP, null)).isEqualTo("ab");
    assertThat(read(file(folder, "\uFEFF\uFEFFa\uFEFFb"), Newlines.KEEP, null))
        .isEqualTo("\uFEFFa\uFEFFb");
    assertThat(read(file(folder, "\uFEFFab"), Newlines.KEEP, 1)).isEqualTo("a");
  }

  @Test
  void turnsEachLineFeedAndEachCarriageReturnIntoASpace(@TempDir Path folder) throws IOException {
    Path file = file(folder, "a\r\nb\nc\rd\n\n");

    assertThat(read(file, Newlines.SPACE, null)).isEqualTo("a  b c d  ");
    assertThat(read(file, Newlines.KEEP, null)).isEqualTo("a\r\nb\nc\rd\n\n");
  }

  @Test
  void countsTheLimitInCharactersAfterLineEndsBecameSpaces(@TempDir Path folder)
      throws IOException {
    assertThat(read(file(folder, "a\r\nb"), Newlines.SPACE, 3)).isEqualTo("a  ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void neverSplitsASurrogatePair(int limit, @TempDir Path folder) throws IOException {
    String text = "😀a🎵分𠮷";

    String kept = read(file(folder, text), Newlines.SPACE, limit);

    assertThat(kept).isEqualTo(text.substring(0, text.offsetByCodePoints(0, limit)));
  }

  @Test
  void keepsPairsWholeWhereBuffersMeet(@TempDir Path folder) throws IOException {
    String text = "a".repeat((1 << 16) - 1) + "😀" + "b".repeat(1 << 17) + "🎵";

    assertThat(read(file(folder, text), Newlines.SPACE, null)).isEqualTo(text);
    assertThat(read(file(folder, text), Newlines.SPACE, 1 << 16)).endsWith("a😀");
  }

  @Test
  void keepsAllOfATextShorterThanTheLimit(@TempDir Path folder) throws IOException {
    assertThat(read(file(folder, "abc"), Newlines.SPACE, 1_000_000)).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1 << 17})
  void doesNotReachAFaultAfterTheLimit(int limit, @TempDir Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a".repeat(limit).getBytes(StandardCharsets.US_ASCII));
    bytes.write(0xFF);
    Path file = Files.write(folder.resolve("faulty.txt"), bytes.toByteArray());

    assertThat(read(file, Newlines.SPACE, limit)).isEqualTo("a".repeat(limit));
    assertThatThrownBy(() -> read(file, Newlines.SPACE, limit + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "%s: not UTF-8 at byte offset %d; convert the file to UTF-8".formatted(file, limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void refusesAnEmptyText(String text, @TempDir Path folder) throws IOException {
    Path file = file(folder, text);

    assertThatThrownBy(() -> read(file, Newlines.SPACE, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file + ": the corpus is empty; give a text with at least a few hundred characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.txt", "none.txt.gz", "none.zip", "none.zip!/song.txt"})
  void namesAFileThatIsNotThere(String name, @TempDir Path folder) {
    String source = folder.resolve(name).toString();

    assertThatThrownBy(() -> read(spec(source, Newlines.SPACE, null), notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "there is no file %s; check the path, or use bundled:songs"
                .formatted(source.replace("!/song.txt", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundled:poems", "bundled:", "bundled:../corpus/songs"})
  void refusesABundledCorpusThatIsNotThere(String source) {
    assertThatThrownBy(() -> read(spec(source, Newlines.SPACE, null), notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "there is no bundled corpus '%s'; use bundled:songs"
                .formatted(source.substring("bundled:".length())));
  }

  @Test
  void aModelsTokenizerGivesTheIdsAndMayDropWhatItLacks(@TempDir Path folder) throws IOException {
    Tokenizer tokenizer = CharacterTokenizer.of("abcz");
    Path file = file(folder, "abxcaxby\n");
    CorpusSpec error = CorpusSpec.of(file.toString()).withNewlines(Newlines.KEEP);
    CorpusSpec drop = error.withUnknown(Unknown.DROP);
    List<String> notices = new ArrayList<>();
    Corpus corpus = read(drop, tokenizer, unknown -> notices.add(unknown.sentence()));
    assertThat(Corpora.text(corpus)).isEqualTo("abcab");
    assertThat(notices)
        .containsExactly(
            "unknown characters left out: 4 of 9, 44.4 % (3 distinct): 'x' (U+0078) 2 times, U+000A once,"
                + " 'y' (U+0079) once");
    assertThat(corpus.tokenizer()).isSameAs(tokenizer);
    assertThatThrownBy(() -> read(error, tokenizer, unknown -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the text has characters that the model does not know: 4 of 9, 44.4 % (3 distinct): 'x' (U+0078) 2"
                + " times, U+000A once, 'y' (U+0079) once; set corpus.unknown: drop to leave"
                + " them out, or grow to learn them, or give another text");
    Path foreign = Files.writeString(folder.resolve("foreign.txt"), "xyxy");
    CorpusSpec nothing = drop.withSources(List.of(foreign.toString()));
    assertThatThrownBy(() -> read(nothing, tokenizer, unknown -> {}))
        .hasMessageContaining("the model knows none of its characters");
  }

  @Test
  void aTextIsCountedNoFurtherThanAsked(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.txt");
    Files.write(broken, new byte[] {'a', 'b', 'c', 'd', 'e', (byte) 0xFF});
    CorpusSpec spec = CorpusSpec.of(broken.toString());
    assertThat(CorpusReader.characters(spec, 5)).isEqualTo(5);
    assertThat(CorpusReader.characters(spec.withLimit(3), 5)).isEqualTo(3);
    assertThat(CorpusReader.characters(spec.withTokens(Tokens.BYTE, null, 1), 10)).isEqualTo(6);
    assertThatThrownBy(() -> CorpusReader.characters(spec, 6)).hasMessageContaining("not UTF-8");
  }

  @Test
  void aPartHasTheWholesTokenizer() {
    Corpus whole = TextCorpus.of("text", "cabbage");
    CorpusPart part = new CorpusPart(whole, new long[] {3}, 4, 1);
    assertThat(part.size()).isEqualTo(4);
    assertThat(Corpora.text(part)).isEqualTo("bage");
    assertThat(part.tokenizer().content()).isEqualTo("abceg");
    assertThat(part.characters()).isEqualTo(4);
    assertThatThrownBy(() -> part.read(1, new int[4], 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new CorpusPart(part, new long[] {1}, 4, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
