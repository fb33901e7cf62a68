package io.github.lyricist.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of more than a block in the cache. */
class TextCacheTest {
  private static final String LINE = "The cat and 分开, the dog.\n";
  private static final int LINES = 40_000; // 960,000 characters

  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tasks = Collections.synchronizedList(new ArrayList<>());

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), LINE.repeat(LINES));
  }

  private Path cacheFolder() {
    return folder.resolve("cache");
  }

  private CorpusParts read(Tokens tokens) {
    return new CorpusReader(spec(tokens), 4, cache(), notices::add).read();
  }

  private TextCache cache() {
    return TextCache.in(
        cacheFolder(),
        1,
        notice -> (notice.contains("; the next start finds ") ? tasks : notices).add(notice));
  }

  private CorpusSpec spec(Tokens tokens) {
    return CorpusSpec.of(text.toString())
        .withNewlines(Newlines.KEEP)
        .withTokens(tokens, tokens == Tokens.BPE ? 260 : null, 1)
        .withValidation(new HeldOut.Share(0.25))
        .withTest(new HeldOut.Share(0))
        .withSplit(CorpusSpec.Split.END);
  }

  private static String text(Corpus corpus) {
    return Corpora.text(corpus);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(cacheFolder())) {
      return files.sorted().toList();
    }
  }

  /** The latest one. */
  private Path tokenFile() throws IOException {
    List<Path> files = files();
    Path latest = files.get(0);
    for (Path file : files) {
      if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(latest)) > 0) {
        latest = file;
      }
    }
    return latest;
  }

  private static void damage(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) ~one.get(0)).flip();
      channel.write(one, at);
    }
  }

  @ParameterizedTest
  @EnumSource(Tokens.class)
  void theSecondReadingReadsNoText(Tokens tokens) throws IOException {
    CorpusParts first = read(tokens);
    List<Path> files = files();
    // As long, as old, and another text: if it were read, that would be seen.
    FileTime time = Files.getLastModifiedTime(text);
    Files.writeString(text, LINE.replace("cat", "cow").repeat(LINES));
    Files.setLastModifiedTime(text, time);

    String finds = " of text%s; the next start finds that in the cache folder " + cacheFolder();
    List<String> expected = new ArrayList<>();
    if (tokens == Tokens.WORD || tokens == Tokens.BPE) {
      expected.add("cutting 1.16 MB" + finds.formatted(" into tokens"));
    }
    expected.add("reading 1.16 MB" + finds.formatted(""));
    assertThat(tasks).isEqualTo(expected);
    tasks.clear();
    CorpusParts second = read(tokens);
    assertThat(tasks).isEmpty();
    assertThat(text(second.whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(text(second.training())).isEqualTo(text(first.training()));
    assertThat(second.whole().sha256()).isEqualTo(first.whole().sha256());
    assertThat(second.tokenizer().identity()).isEqualTo(first.tokenizer().identity());
    assertThat(second.training().charactersPerToken())
        .isEqualTo(first.training().charactersPerToken());
    assertThat(files()).isEqualTo(files);

    CorpusParts known =
        new CorpusReader(spec(tokens), 4, cache(), notices::add)
            .read(first.tokenizer(), unknown -> {});
    assertThat(text(known.whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(files()).isEqualTo(files);
    assertThat(notices).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Tokens.class)
  void inMemoryItIsTheSame(Tokens tokens) {
    CorpusParts cached = read(tokens);
    CorpusParts kept = new CorpusReader(spec(tokens), 4, TextCache.none(), notices::add).read();
    assertThat(text(kept.whole())).isEqualTo(text(cached.whole()));
    assertThat(Corpora.ids(kept.training())).isEqualTo(Corpora.ids(cached.training()));
    assertThat(kept.whole().sha256()).isEqualTo(cached.whole().sha256());
  }

  @Test
  void aTextThatChangedIsReadAgainAndTheOldFileGone() throws IOException {
    read(Tokens.CHARACTER);
    List<Path> before = files();
    Files.writeString(text, LINE.replace("cat", "cow").repeat(LINES));
    Files.setLastModifiedTime(text, FileTime.from(Instant.ofEpochSecond(1)));
    assertThat(text(read(Tokens.CHARACTER).whole())).startsWith("The cow");
    assertThat(files()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(notices).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 100, 1_000_000})
  void aFileThatWasCutIsMadeAgain(int bytes) throws IOException {
    read(Tokens.CHARACTER);
    Path file = files().get(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
    assertThat(text(read(Tokens.CHARACTER).whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0))
        .startsWith("the cache file " + file + " is damaged (it ")
        .endsWith("): the text is read again");
    notices.clear();
    read(Tokens.CHARACTER);
    assertThat(notices).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Tokens.class)
  void aDamagedBlockIsMadeAgainWhenItIsRead(Tokens tokens) throws IOException {
    read(tokens);
    Path file = tokenFile();
    damage(file, 500_000);
    Corpus corpus = read(tokens).whole();
    assertThat(notices).isEmpty(); // nothing of it was read yet
    assertThat(text(corpus)).isEqualTo(LINE.repeat(LINES));
    assertThat(notices)
        .containsExactly(
            "the text's cache file is damaged (its block 0 is not as it was written): the text is"
                + " read again");
    notices.clear();
    assertThat(text(read(tokens).whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(notices).isEmpty();
  }

  /** What else there is to know has a checksum, too. */
  @Test
  void aDamagedEndIsSeenAtOnce() throws IOException {
    read(Tokens.WORD);
    Path file = tokenFile();
    damage(file, Files.size(file) - 40);
    assertThat(text(read(Tokens.WORD).whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0)).contains("is damaged (its end is not as it was written)");
  }

  @Test
  void aFileOfAnotherTextIsMadeAgain() throws IOException {
    read(Tokens.CHARACTER);
    Path file = files().get(0);
    byte[] foreign = Files.readAllBytes(file);
    Path other = Files.writeString(folder.resolve("other.txt"), "x".repeat(1000));
    new CorpusReader(CorpusSpec.of(other.toString()), 1, cache(), notices::add).read();
    List<Path> both = new ArrayList<>(files());
    both.remove(file);
    Files.write(both.get(0), foreign);
    Corpus corpus =
        new CorpusReader(CorpusSpec.of(other.toString()), 1, cache(), notices::add).read().whole();
    assertThat(text(corpus)).isEqualTo("x".repeat(1000));
    assertThat(notices.get(0)).contains("is damaged (it is of another text, text 1: ");
  }

  @Test
  void withoutAFolderToWriteToTheTextIsKeptInMemory() throws IOException {
    Files.writeString(cacheFolder(), "a file where the folder should be");
    assertThat(text(read(Tokens.WORD).whole())).isEqualTo(LINE.repeat(LINES));
    assertThat(notices).isNotEmpty();
    assertThat(notices.get(0))
        .startsWith("the cache folder " + cacheFolder() + " can't be written (")
        .endsWith("): the text is kept in memory");
  }

  /** As where the disk is full. */
  @Test
  void whereWritingFailsMidwayTheTextIsReadIntoMemory() throws IOException {
    TextCache.Key key = new TextCache.Key("what", "state", 100, "doing");
    int[] times = {0};
    TextCache.Entry entry =
        cache()
            .get(
                key,
                Text.WIDTH,
                ids -> {
                  ids.add(7);
                  if (times[0]++ == 0) {
                    throw new UncheckedIOException(new IOException("No space left"));
                  }
                  return new byte[] {1};
                });
    assertThat(entry.head()).containsExactly(1);
    assertThat(entry.ids().size()).isEqualTo(1);
    assertThat(notices)
        .containsExactly(
            "the cache folder %s can't be written (No space left): the text is kept in memory"
                .formatted(cacheFolder()));
    assertThat(files()).isEmpty();
  }

  @Test
  void aTextThatIsNoneLeavesNoFile() throws IOException {
    Files.write(text, new byte[] {'a', (byte) 0xFF});
    assertThatThrownBy(() -> read(Tokens.CHARACTER)).isInstanceOf(InvalidInputException.class);
    assertThat(files()).isEmpty();
  }

  /** A cached text whose file is gone can't be read again, should a block be damaged. */
  @Test
  void aDamagedBlockOfATextThatIsGoneIsAnError() throws IOException {
    read(Tokens.CHARACTER);
    damage(files().get(0), 500_000);
    Corpus corpus = read(Tokens.CHARACTER).whole();
    Files.writeString(text, "another text");
    assertThatThrownBy(() -> text(corpus))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith("the text has changed since it was read first");
  }

  @Test
  void twoMayMakeOneFileAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> readings = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readings.add(() -> text(read(Tokens.CHARACTER).whole()));
      }
      for (Future<String> reading : threads.invokeAll(readings)) {
        assertThat(reading.get()).isEqualTo(LINE.repeat(LINES));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(files()).hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void whatWasGivenUpLongAgoIsDeleted() throws IOException {
    Files.createDirectory(cacheFolder());
    Path old = Files.writeString(cacheFolder().resolve(".a.tmp"), "");
    Path fresh = Files.writeString(cacheFolder().resolve(".b.tmp"), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.ofEpochSecond(1)));
    read(Tokens.CHARACTER);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aShortTextIsNotKept() {
    TextCache cache = TextCache.in(cacheFolder(), notices::add);
    new CorpusReader(spec(Tokens.CHARACTER), 1, cache, notices::add).read();
    assertThat(cacheFolder()).doesNotExist();
  }
}
