package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusArchiveTest {
  private static final int MEBIBYTE = 1 << 20;

  private static Corpus read(String source, @Nullable Integer limit) {
    return CorpusReaderTest.read(
        CorpusReaderTest.spec(source, Newlines.SPACE, limit), notice -> {});
  }

  private static void assertRefused(String source, String message) {
    assertThatThrownBy(() -> read(source, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void readsTheEntryThatTheSourceNames(@TempDir Path folder) throws IOException {
    Path zip = Corpora.zip(folder.resolve("two.zip"), "歌", List.of("lyrics/a.txt", "b.txt"));

    assertThat(Corpora.text(read(zip + "!/lyrics/a.txt", null))).isEqualTo("歌");
  }

  @Test
  void neverTakesAnEntryForAPath(@TempDir Path folder) throws IOException {
    Path zip = Corpora.zip(folder.resolve("odd.zip"), "歌", List.of("../../outside.txt"));

    assertThat(Corpora.text(read(zip.toString(), null))).isEqualTo("歌");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(zip);
    }
  }

  @Test
  void looksPastFoldersInAZip(@TempDir Path folder) {
    Path zip = folder.resolve("one.zip");
    Corpora.zip(zip, "", List.of("lyrics/"));

    assertRefused(zip.toString(), zip + ": the archive has no text; pack one text file into it");
  }

  @Test
  void refusesAZipWithoutEntries(@TempDir Path folder) {
    Path zip = Corpora.zip(folder.resolve("none.zip"), "歌", List.of());

    assertRefused(zip.toString(), zip + ": the archive has no text; pack one text file into it");
  }

  @Test
  void asksWhichOfTwoEntriesIsMeant(@TempDir Path folder) {
    Path zip = Corpora.zip(folder.resolve("two.zip"), "歌", List.of("a.txt", "b.txt"));

    assertRefused(
        zip.toString(),
        zip + ": the archive has 2 entries (a.txt, b.txt); choose one: " + zip + "!/a.txt");
  }

  @Test
  void namesTheEntriesWhereTheOneWantedIsMissing(@TempDir Path folder) {
    Path zip = Corpora.zip(folder.resolve("two.zip"), "歌", List.of("a.txt", "b.txt"));

    assertRefused(
        zip + "!/c.txt",
        zip
            + ": the archive has no entry 'c.txt', but a.txt, b.txt; choose one: "
            + zip
            + "!/a.txt");
  }

  @Test
  void readsNamesAsWindowsWritesThemInChina(@TempDir Path folder) {
    Charset chinese = Charset.forName("GBK");
    Path one = Corpora.zip(folder.resolve("one.zip"), "歌", List.of("周杰伦/歌词.txt"), chinese);
    Path two = Corpora.zip(folder.resolve("two.zip"), "歌", List.of("歌.txt", "词.txt"), chinese);

    assertThat(Corpora.text(read(one.toString(), null))).isEqualTo("歌");
    assertThat(Corpora.text(read(two + "!/词.txt", null))).isEqualTo("歌");
    assertRefused(
        two.toString(),
        two + ": the archive has 2 entries (歌.txt, 词.txt); choose one: " + two + "!/歌.txt");
  }

  @Test
  void readsNamesInWhateverEncoding(@TempDir Path folder) {
    Path zip =
        Corpora.zip(folder.resolve("a.zip"), "歌", List.of("é.txt"), StandardCharsets.ISO_8859_1);

    assertThat(Corpora.text(read(zip.toString(), null))).isEqualTo("歌");
  }

  @Test
  void looksPastWhatSystemsPutBesideTheTexts(@TempDir Path folder) {
    List<String> beside =
        List.of(
            "__MACOSX/",
            "__MACOSX/songs/._a.txt",
            "songs/",
            "songs/.DS_Store",
            "songs/._a.txt",
            "Thumbs.db",
            "songs/desktop.ini");
    List<String> one = new ArrayList<>(beside);
    one.add("songs/a.txt");
    List<String> two = new ArrayList<>(one);
    two.add("songs/b.txt");

    assertThat(Corpora.text(read(Corpora.zip(folder.resolve("1.zip"), "歌", one) + "", null)))
        .isEqualTo("歌");
    Path zip = Corpora.zip(folder.resolve("2.zip"), "歌", two);
    assertRefused(
        zip.toString(),
        zip
            + ": the archive has 2 entries (songs/a.txt, songs/b.txt); choose one: "
            + zip
            + "!/songs/a.txt");
    assertThat(Corpora.text(read(zip + "!/songs/._a.txt", null))).isEqualTo("歌");
    Path none = Corpora.zip(folder.resolve("0.zip"), "歌", beside);
    assertRefused(none.toString(), none + ": the archive has no text; pack one text file into it");
  }

  @Test
  void refusesAZipBomb(@TempDir Path folder) {
    Path zip = Corpora.zip(folder.resolve("b.zip"), "a".repeat(4 * MEBIBYTE), List.of("a.txt"));

    assertRefused(
        zip.toString(),
        zip
            + ": the archive unpacks to more than the limit of 200 times its size;"
            + " unpack it yourself and give the text");
  }

  /** The central directory's word for the packed size, 10^9 bytes, would make the ratio small. */
  @Test
  void refusesAZipBombThatLiesAboutItsPackedSize(@TempDir Path folder) throws IOException {
    Path zip = Corpora.zip(folder.resolve("b.zip"), "a".repeat(4 * MEBIBYTE), List.of("a.txt"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
    int endOfCentralDirectory = bytes.capacity() - 22;
    int centralDirectory = bytes.getInt(endOfCentralDirectory + 16);
    bytes.putInt(centralDirectory + 20, 1_000_000_000);
    Files.write(zip, bytes.array());

    assertRefused(
        zip.toString(),
        zip
            + ": the archive unpacks to more than the limit of 200 times its size;"
            + " unpack it yourself and give the text");
  }

  @Test
  void refusesAGzipBombButNotItsFirstCharacters(@TempDir Path folder) throws IOException {
    byte[] bomb = Corpora.gzip("a".repeat(4 * MEBIBYTE));
    Path gzip = Files.write(folder.resolve("bomb.gz"), bomb);

    assertRefused(
        gzip.toString(),
        gzip
            + ": the archive unpacks to more than the limit of 200 times its size;"
            + " unpack it yourself and give the text");
    assertThat(read(gzip.toString(), 1000).size()).isEqualTo(1000);
  }

  @Test
  void bearsAHighRatioInASmallText(@TempDir Path folder) throws IOException {
    byte[] small = Corpora.gzip("a".repeat(MEBIBYTE));
    Path gzip = Files.write(folder.resolve("small.gz"), small);

    assertThat(small).hasSizeLessThan(MEBIBYTE / 200);
    assertThat(read(gzip.toString(), null).size()).isEqualTo(MEBIBYTE);
  }

  @Test
  void refusesAZipThatLacksItsEnd(@TempDir Path folder) throws IOException {
    Path zip = Corpora.zip(folder.resolve("cut.zip"), "歌", List.of("a.txt"));
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length - 10));

    assertThatThrownBy(() -> read(zip.toString(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(zip + ": the archive is damaged: ")
        .hasMessageEndingWith("; pack the text again");
  }

  @Test
  void refusesAZipWithDamagedData(@TempDir Path folder) throws IOException {
    Path zip = Corpora.zip(folder.resolve("bad.zip"), "歌".repeat(100), List.of("a.txt"));
    byte[] bytes = Files.readAllBytes(zip);
    int afterLocalHeader = 30 + "a.txt".length();
    // A block type of 3, which deflate doesn't have.
    bytes[afterLocalHeader] = (byte) 0xFF;
    Files.write(zip, bytes);

    assertThatThrownBy(() -> read(zip.toString(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(zip + ": the archive is damaged: ");
  }

  /** Packed without compression, whose letters nothing else guards. */
  @Test
  void refusesAZipWhoseTextIsNotTheOneThatWasPacked(@TempDir Path folder) throws IOException {
    Path zip = folder.resolve("stored.zip");
    ZipEntry entry = new ZipEntry("a.txt");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(3);
    entry.setCrc(0x352441C2); // of "abc"
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(entry);
      out.write("abc".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(Corpora.text(read(zip.toString(), null))).isEqualTo("abc");

    byte[] bytes = Files.readAllBytes(zip);
    bytes[30 + "a.txt".length() + 1]++; // after the local header
    Files.write(zip, bytes);
    assertRefused(
        zip.toString(),
        zip
            + ": the archive is damaged: the checksum of a.txt is not that of its text;"
            + " pack the text again");
  }

  @Test
  void refusesAGzipThatLacksItsEnd(@TempDir Path folder) throws IOException {
    byte[] bytes = Corpora.gzip("歌词".repeat(1000));
    Path gzip = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 12));

    assertThatThrownBy(() -> read(gzip.toString(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(gzip + ": the archive is damaged: ");
  }

  @Test
  void refusesATextThatIsOnlyCalledGzip(@TempDir Path folder) throws IOException {
    Path gzip = Files.writeString(folder.resolve("plain.gz"), "just a text");

    assertThatThrownBy(() -> read(gzip.toString(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(gzip + ": not a gzip file (");
  }
}
