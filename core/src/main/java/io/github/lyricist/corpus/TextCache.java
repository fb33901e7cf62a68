package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Bytes;
import io.github.lyricist.CacheFolder;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps texts that were read as files of ids, mapped into memory: however long a text is, none of
 * it is on the heap, and the next start reads none of it. Its folder may be deleted at any time.
 * Short texts are kept in memory alone, since reading them again is as fast.
 */
public final class TextCache {
  private static final long SHORT = 16 << 20; // bytes
  private static final String ENDING = ".ids";
  private static final String TEMPORARY = ".tmp";
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private final @Nullable Path folder;
  private final long shortest;
  private final Consumer<String> notice;

  private TextCache(@Nullable Path folder, long shortest, Consumer<String> notice) {
    this.folder = folder;
    this.shortest = shortest;
    this.notice = notice;
  }

  /**
   * The cache in a folder, which is made when it is needed.
   *
   * @param notice told in one line each of what takes its time, or is wrong with it
   */
  public static TextCache in(Path folder, Consumer<String> notice) {
    return new TextCache(folder, SHORT, notice);
  }

  /** The same, for texts from so many bytes on. */
  static TextCache in(Path folder, long shortest, Consumer<String> notice) {
    return new TextCache(folder, shortest, notice);
  }

  /** The cache of the user who runs the program. */
  public static TextCache ofUser(Consumer<String> notice) {
    return in(CacheFolder.called("texts"), notice);
  }

  /** No cache: all texts are kept in memory. */
  public static TextCache none() {
    return new TextCache(null, SHORT, problem -> {});
  }

  /**
   * What an entry is of.
   *
   * @param what the text, and what was made of it
   * @param state by which it is seen whether the text has changed
   * @param bytes how many the text has
   * @param task what is done to make it, as people are told; {@code %s} is how long the text is
   */
  record Key(String what, String state, long bytes, String task) {
    /** Of something that is made of the same text. */
    Key of(String more, String otherTask) {
      return new Key(what + "\n" + more, state, bytes, otherTask);
    }

    private String all() {
      return what + "\n" + state;
    }

    private String nameOfWhat() {
      return Sha256.of(what.getBytes(UTF_8)).substring(0, 20);
    }

    private String fileName() {
      return nameOfWhat() + "-" + Sha256.of(all().getBytes(UTF_8)).substring(0, 20) + ENDING;
    }
  }

  /**
   * What is kept.
   *
   * @param head what there is to know of the ids
   */
  record Entry(byte[] head, Ids ids) {}

  /** Makes an entry. */
  @FunctionalInterface
  interface Contents {
    /** Tells the ids; returns what else there is to know. The same each time. */
    byte[] writeTo(IdSink ids);
  }

  /** An entry, if it is there and whole. */
  Optional<Entry> find(Key key, int width, Contents contents) {
    if (folder == null || key.bytes < shortest) {
      return Optional.empty();
    }
    return stored(folder.resolve(key.fileName()), key)
        .map(entry -> mending(entry, key, width, contents));
  }

  /**
   * An entry; it is made where it is not there.
   *
   * @param width bytes of an id
   */
  Entry get(Key key, int width, Contents contents) {
    return find(key, width, contents).orElseGet(() -> make(key, width, contents));
  }

  private Optional<Entry> stored(Path file, Key key) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CacheFile.open(file, key.all()));
    } catch (CacheFile.Damaged e) {
      notice.accept(
          "the cache file %s is damaged (%s): the text is read again"
              .formatted(file, e.getMessage()));
    } catch (IOException e) {
      notice.accept(
          "the cache file %s can't be read (%s): the text is read again"
              .formatted(file, RunFailedException.reason(e)));
    }
    return Optional.empty();
  }

  private Entry make(Key key, int width, Contents contents) {
    if (folder != null && key.bytes >= shortest) {
      try {
        Files.createDirectories(folder);
        notice.accept(
            "%s; the next start finds that in the cache folder %s"
                .formatted(key.task.formatted(Bytes.text(key.bytes)), folder));
        return mending(written(folder, key, width, contents), key, width, contents);
      } catch (IOException e) {
        tellUnwritable(folder, e);
      } catch (UncheckedIOException e) {
        tellUnwritable(folder, Objects.requireNonNull(e.getCause()));
      }
    }
    HeapIds.Builder ids = new HeapIds.Builder(width);
    byte[] head = contents.writeTo(ids);
    return new Entry(head, ids.build());
  }

  private void tellUnwritable(Path folder, IOException e) {
    notice.accept(
        "the cache folder %s can't be written (%s): the text is kept in memory"
            .formatted(folder, RunFailedException.reason(e)));
  }

  private static Entry written(Path folder, Key key, int width, Contents contents)
      throws IOException {
    Path file = folder.resolve(key.fileName());
    Path temporary = folder.resolve("." + UUID.randomUUID() + TEMPORARY);
    try {
      try (CacheFileWriter writer = new CacheFileWriter(temporary, width)) {
        writer.finish(key.all(), contents.writeTo(writer));
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    deleteEarlier(folder, key);
    return CacheFile.open(file, key.all());
  }

  /** Deletes what was made of the same text before it changed, and what was begun and given up. */
  private static void deleteEarlier(Path folder, Key key) {
    Instant longAgo = Instant.now().minus(GIVEN_UP);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean earlier = name.startsWith(key.nameOfWhat()) && !name.equals(key.fileName());
        if (earlier
            || (name.endsWith(TEMPORARY)
                && Files.getLastModifiedTime(file).toInstant().isBefore(longAgo))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another process did it, or one reads it on Windows: the next time will do.
    }
  }

  /** The entry, made again should one of its blocks prove to be damaged. */
  private Entry mending(Entry entry, Key key, int width, Contents contents) {
    Supplier<Ids> again =
        () -> {
          Entry made = make(key, width, contents);
          if (!Arrays.equals(made.head, entry.head)) {
            throw new RunFailedException(
                "the text has changed since it was read first: " + key.what);
          }
          return made.ids;
        };
    return new Entry(entry.head, new Mending(entry.ids, again, notice));
  }

  /** Ids that are made again where they are damaged. */
  private static final class Mending extends Ids {
    private final Supplier<Ids> again;
    private final Consumer<String> notice;
    private volatile Ids ids;

    Mending(Ids ids, Supplier<Ids> again, Consumer<String> notice) {
      super(ids.width(), ids.size());
      this.ids = ids;
      this.again = again;
      this.notice = notice;
    }

    @Override
    ByteBuffer block(int index) {
      Ids current = ids;
      try {
        return current.block(index);
      } catch (CacheFile.Damaged e) {
        return mended(current, e).block(index);
      }
    }

    private synchronized Ids mended(Ids damaged, CacheFile.Damaged why) {
      if (ids == damaged) {
        notice.accept(
            "the text's cache file is damaged (%s): the text is read again"
                .formatted(why.getMessage()));
        ids = again.get();
      }
      return ids;
    }
  }
}
