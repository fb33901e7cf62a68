package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.verse.Form;
import io.github.lyricist.writing.WritingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is wished for of a text. */
final class WishOptions {
  private static final int LENGTH = 200;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters after the prefix. Default: " + LENGTH + ".")
  private @Nullable Integer length;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "The text ends before this one; may be given several times.")
  private List<String> stops = List.of();

  @Option(
      names = "--lines",
      paramLabel = "N",
      description =
          "So many lines. Default: as many as the longest of --rhyme, --syllables, --acrostic has.")
  private @Nullable Integer lines;

  @Option(
      names = "--syllables",
      paramLabel = "N",
      split = ",",
      description = "So many syllables in each line: 7, or 7,5,7,5.")
  private List<Integer> syllables = List.of();

  @Option(
      names = "--rhyme",
      paramLabel = "SCHEME",
      description = "Lines with the same letter rhyme: AABB, ABAB, AABA.")
  private String rhyme = "";

  @Option(
      names = "--acrostic",
      paramLabel = "TEXT",
      description = "The lines begin with these characters.")
  private String acrostic = "";

  @Option(
      names = "--require",
      paramLabel = "TEXT",
      description = "Somewhere in the text; may be given several times.")
  private List<String> required = List.of();

  @Option(
      names = "--ban",
      paramLabel = "TEXT",
      description = "Nowhere in the text; may be given several times.")
  private List<String> banned = List.of();

  @Option(
      names = "--max-copy",
      paramLabel = "N",
      description = "No run of more than N characters that stands so in the training text.")
  private @Nullable Integer maxCopy;

  /** All of it. */
  WritingSpec spec(DecodingOptions decoding) {
    Form form = form();
    if (form != null && length != null) {
      throw InvalidInputException.ofKey(
          "length", "the lines say how long the text is", "leave one of them out");
    }
    Integer characters = length == null && form == null ? Integer.valueOf(LENGTH) : length;
    return new WritingSpec(
        decoding.decoding(form != null),
        decoding.beam(),
        characters,
        stops,
        form,
        required,
        banned,
        maxCopy);
  }

  private @Nullable Form form() {
    return Form.of(lines, syllables, rhyme, Characters.list(acrostic), List.of());
  }
}
