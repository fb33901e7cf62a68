package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.generation.Prefix;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a text is to begin with. */
final class PrefixOptions {
  private static final String FROM_STANDARD_INPUT = "-";

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description =
          "What the text begins with; - reads it from standard input. Default: what the run's text"
              + " begins with, or a character by chance where that is not at hand.")
  private @Nullable String prefix;

  @Option(
      names = "--skip-unknown",
      description = "Leave characters out of the prefix that the model doesn't know.")
  private boolean skipUnknown;

  /**
   * The prefix as the model can read it, or null where none is given.
   *
   * @param notice told in one line how many characters are left out, if any are
   */
  @Nullable String read(Tokenizer tokenizer, Consumer<String> notice) {
    if (prefix == null) {
      return null;
    }
    String text = prefix.equals(FROM_STANDARD_INPUT) ? fromStandardInput(tokenizer) : prefix;
    int unknown = tokenizer.unknown(text).size();
    if (skipUnknown && unknown > 0) {
      text = tokenizer.known(text);
      notice.accept(
          "left out of the prefix: %d %s that the model does not know"
              .formatted(unknown, unknown == 1 ? "character" : "characters"));
    }
    Prefix.requireKnown(text, tokenizer, "prefix", "leave it out yourself, or with --skip-unknown");
    if (text.isEmpty()) {
      throw InvalidInputException.ofKey(
          "prefix", "it is empty", "give at least one character that the model knows");
    }
    return text;
  }

  /** Without the line end that a shell puts at the end; others as the model's text had them. */
  private static String fromStandardInput(Tokenizer tokenizer) {
    try {
      byte[] bytes = System.in.readNBytes(Limits.PREFIX_BYTES + 1);
      if (bytes.length > Limits.PREFIX_BYTES) {
        throw InvalidInputException.ofKey(
            "prefix",
            "standard input has more than the limit of " + Bytes.text(Limits.PREFIX_BYTES),
            "give the end of it");
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      text = text.replaceFirst("\\A\\uFEFF", "").replaceFirst("\\R\\z", "");
      return tokenizer.knows("\n") ? text : text.replace('\n', ' ').replace('\r', ' ');
    } catch (CharacterCodingException e) {
      throw InvalidInputException.ofKey("prefix", "standard input is not UTF-8", "convert it");
    } catch (IOException e) {
      throw RunFailedException.reading("standard input", e);
    }
  }
}
