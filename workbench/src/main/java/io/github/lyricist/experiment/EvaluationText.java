package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusParts;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text that a trained model is to be judged by.
 *
 * @param corpus what is scored
 * @param part which part of which text that is, in words
 * @param unknown what the model doesn't know of it, or null if it knows all
 */
public record EvaluationText(Corpus corpus, String part, @Nullable UnknownText unknown) {
  private static final double MOST_UNKNOWN = 0.5;

  /** A part of a run's own text. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /** The part with this name. */
    public static Optional<Part> called(String name) {
      return Stream.of(values()).filter(part -> part.toString().equals(name)).findFirst();
    }

    /** What people call it: {@code train}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads a text as the model's own corpus was read, or a part of that corpus. What the model
   * doesn't know is left out, unless it has a token for that.
   *
   * @param source the text, relative to the current folder; or null for the run's own
   * @param part which part of the run's own; or null for the one held out for validation, or else
   *     all of it
   * @param experiment of the run, or null where it is not known
   * @param skipUnknown whether a text is scored even where the model doesn't know most of it
   * @param notice told in one line each of what is odd about the text
   * @throws InvalidInputException if there is no such text, or too much of it is unknown
   */
  public static EvaluationText read(
      @Nullable String source,
      @Nullable Part part,
      @Nullable ExperimentSpec experiment,
      Tokenizer tokenizer,
      boolean skipUnknown,
      Consumer<String> notice) {
    if (source != null && part != null) {
      throw InvalidInputException.at(
          "--part", "it is a part of the run's own text", "leave it out, or --corpus");
    }
    AtomicReference<@Nullable UnknownText> leftOut = new AtomicReference<>();
    CorpusSpec spec = spec(source, experiment, tokenizer);
    int batchSize = experiment == null ? 1 : experiment.sampler().batchSize();
    CorpusParts parts =
        new CorpusReader(spec, batchSize, TextCache.ofUser(notice), notice)
            .read(
                tokenizer,
                unknown -> {
                  if (!skipUnknown) {
                    requireMostlyKnown(unknown, spec.source());
                  }
                  leftOut.set(unknown);
                });
    Part meant = part == null && parts.validation() != null ? Part.VALIDATION : part;
    Corpus scored = meant == null ? parts.whole() : scored(parts, meant);
    if (tokenizer.unknownId().isPresent()) {
      UnknownText unknown = UnknownText.in(scored);
      if (!skipUnknown) {
        requireMostlyKnown(unknown, spec.source());
      }
      leftOut.set(unknown.count() == 0 ? null : unknown);
    }
    String what =
        source == null && experiment != null ? inWords(spec, parts, meant) : spec.source();
    return new EvaluationText(scored, what, leftOut.get());
  }

  /** How many characters the tokens have that were predicted, about. */
  public long charactersOf(Evaluation evaluation) {
    return Math.round(evaluation.predictions() * corpus.charactersPerToken());
  }

  private static Corpus scored(CorpusParts parts, Part part) {
    Corpus scored =
        switch (part) {
          case TRAIN -> parts.training();
          case VALIDATION -> parts.validation();
          case TEST -> parts.test();
        };
    if (scored == null) {
      throw InvalidInputException.at(
          "--part", "the run held out no %s part".formatted(part), "train with corpus." + part);
    }
    return scored;
  }

  /** Which part of which text it is. */
  private static String inWords(CorpusSpec spec, CorpusParts parts, @Nullable Part part) {
    String text = "the run's own text, " + spec.source();
    if (part == null) {
      return spec.limit() == null
          ? text
          : text + ": the first %,d characters".formatted(spec.limit());
    }
    Corpus scored = scored(parts, part);
    String what =
        switch (part) {
          case TRAIN -> "trained on";
          case VALIDATION -> "held out";
          case TEST -> "held out for the test";
        };
    if (!scored.source().equals(spec.source())) {
      return "%s, which was %s".formatted(scored.source(), what);
    }
    boolean last = part == Part.TEST || (part == Part.VALIDATION && !isOfText(parts.test(), spec));
    String where =
        scored.stretches() > 1
            ? "%%,d characters in %,d streams".formatted(scored.stretches())
            : part == Part.TRAIN
                ? "the first %,d characters"
                : last ? "the last %,d characters" : "%,d characters";
    return "%s: %s, which were %s".formatted(text, where.formatted(scored.characters()), what);
  }

  private static boolean isOfText(@Nullable Corpus part, CorpusSpec spec) {
    return part != null && part.source().equals(spec.source());
  }

  private static CorpusSpec spec(
      @Nullable String source, @Nullable ExperimentSpec experiment, Tokenizer tokenizer) {
    if (source != null) {
      Newlines newlines = experiment == null ? newlines(tokenizer) : experiment.corpus().newlines();
      return CorpusSpec.of(CorpusSpec.absolute(source, Path.of("")))
          .withNewlines(newlines)
          .withTokens(Tokens.of(tokenizer.kind()), null, 1)
          .withUnknown(Unknown.DROP);
    }
    if (experiment == null) {
      throw InvalidInputException.at(
          "--corpus", "the model comes without a text", "name one to judge it by");
    }
    RunText.requireInPlace(experiment.corpus(), "name its new place with --corpus");
    return experiment.corpus();
  }

  /** A model that knows no line ends was trained on a text in which they had become spaces. */
  static Newlines newlines(Tokenizer tokenizer) {
    return tokenizer.knows("\n") ? Newlines.KEEP : Newlines.SPACE;
  }

  private static void requireMostlyKnown(UnknownText unknown, String source) {
    if (unknown.share() > MOST_UNKNOWN) {
      throw InvalidInputException.at(
          source,
          "the model does not know most of this text: " + unknown.description(),
          "give one in the characters that it was trained on, or score the rest all the same with"
              + " --skip-unknown");
    }
  }
}
