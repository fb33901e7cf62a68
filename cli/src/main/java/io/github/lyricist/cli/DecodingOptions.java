package io.github.lyricist.cli;

import io.github.lyricist.generation.Decoding;
import io.github.lyricist.writing.WritingSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the tokens of a text are chosen. */
final class DecodingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Lower is more predictable; 0 always takes the likeliest. Default: 1.0, of lines "
              + WritingSpec.LINES_TEMPERATURE
              + ".")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K likeliest characters alone.")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Choose among the likeliest alone that together have this probability.")
  private @Nullable Double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description =
          "Choose among those alone that are at least P times as likely as the likeliest.")
  private @Nullable Double minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Above 1, characters that the text has already become less likely.")
  private double repetitionPenalty = 1;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "The likeliest text that a search finds which goes on from the N likeliest beginnings;"
              + " nothing is left to chance.")
  private @Nullable Integer beam;

  /** The width of the beam, or null. */
  @Nullable Integer beam() {
    return beam;
  }

  /**
   * All of it.
   *
   * @param hasLines whether the text has a form, which takes likelier words to be pleasant
   */
  Decoding decoding(boolean hasLines) {
    double usual = beam != null ? 0 : hasLines ? WritingSpec.LINES_TEMPERATURE : 1;
    return new Decoding(
        temperature == null ? usual : temperature, topK, topP, minP, repetitionPenalty);
  }
}
