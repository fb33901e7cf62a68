package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Texts that are read one after another, each by a name: in files, or in memory. */
sealed interface Texts {
  /** All of them, as the user knows them. */
  String source();

  /**
   * The name of each, in order.
   *
   * @throws InvalidInputException if there is none
   */
  List<String> names();

  /** The bytes of one. */
  InputStream open(String name) throws IOException;

  /** The file that one is in, or null where it is in none. */
  @Nullable Path file(String name);

  /**
   * Texts in files, or in our own jar.
   *
   * @param sources each a file, an archive, a folder or a pattern
   */
  record Named(List<String> sources) implements Texts {
    @Override
    public String source() {
      return String.join(", ", sources);
    }

    @Override
    public List<String> names() {
      return TextFiles.of(sources);
    }

    @Override
    public InputStream open(String name) throws IOException {
      return CorpusSource.open(name);
    }

    @Override
    public @Nullable Path file(String name) {
      return CorpusSource.fileOf(name);
    }
  }

  /** Texts in memory, which are called by their numbers from 1. */
  record Given(List<String> texts) implements Texts {
    private static final String NAME = "text ";

    @Override
    public String source() {
      return texts.size() == 1 ? "the text given" : "the %,d texts given".formatted(texts.size());
    }

    @Override
    public List<String> names() {
      if (texts.isEmpty()) {
        throw InvalidInputException.ofKey("source", "no text was given", "give one at least");
      }
      return IntStream.rangeClosed(1, texts.size()).mapToObj(number -> NAME + number).toList();
    }

    @Override
    public InputStream open(String name) {
      String text = texts.get(Integer.parseInt(name.substring(NAME.length())) - 1);
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public @Nullable Path file(String name) {
      return null;
    }
  }
}
