package io.github.lyricist.writing;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.BannedTexts;
import io.github.lyricist.constraint.Constraint;
import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.constraint.Length;
import io.github.lyricist.constraint.RequiredTexts;
import io.github.lyricist.constraint.StopTexts;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.generation.BeamSearch;
import io.github.lyricist.generation.Ending;
import io.github.lyricist.generation.ParticleSearch;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.originality.CopyFilter;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.originality.UncopiedText;
import io.github.lyricist.tokens.BpeTokenizer;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.verse.EnglishWords;
import io.github.lyricist.verse.Form;
import io.github.lyricist.verse.Phonetics;
import io.github.lyricist.verse.Verse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Finds the search that writes what is wished for. May be used by several threads. */
public final class Writer {
  private static final int TOKENS_PER_CHARACTER = 4; // bytes, at most
  private static final int TOKENS_PER_LINE = 400;
  private static final double LETTERS_PER_SYLLABLE = 3.5;
  private static final Set<String> SUBWORDS = Set.of(ByteTokenizer.KIND, BpeTokenizer.KIND);

  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final char lineEnd;
  private final Supplier<Phonetics> phoneticsSource;
  private final Supplier<TrainingText> trainingText;
  private @Nullable CopyFilter filter; // the last one: they are large
  private int filtered; // the length of its runs
  private @Nullable Phonetics phonetics;
  private @Nullable EnglishWords english;

  /**
   * @param newlines how the training text had its line ends
   * @param phonetics asked for where sounds matter
   * @param trainingText asked for where it must not be copied
   */
  public Writer(
      RecurrentModel model,
      Tokenizer tokenizer,
      Newlines newlines,
      Supplier<Phonetics> phonetics,
      Supplier<TrainingText> trainingText) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.lineEnd = newlines == Newlines.KEEP && tokenizer.knows("\n") ? '\n' : ' ';
    this.phoneticsSource = phonetics;
    this.trainingText = trainingText;
  }

  /** What ends a line: a line feed, or a space for models that know none. */
  public char lineEnd() {
    return lineEnd;
  }

  /** What the model reads before a text of lines, so that it begins one; may be empty. */
  public String opening() {
    String end = String.valueOf(lineEnd);
    return tokenizer.knows(end) ? end : "";
  }

  /** A text of lines as it is shown. */
  public String inLines(String text) {
    return text.replace(lineEnd, '\n').stripTrailing();
  }

  /**
   * The search for a text.
   *
   * @param prefix of the text; empty where it has none
   * @param alternatives how many are told of each token, as {@link Sampling} has it
   * @param random by the number of a text
   * @throws InvalidInputException if there can be no such text
   */
  public Search search(
      WritingSpec spec,
      String prefix,
      int alternatives,
      IntFunction<UniformRandomProvider> random) {
    requireKnown(spec);
    if (spec.beam() == null && spec.isFree()) {
      Ending ending = Ending.after(length(spec)).orBefore(spec.stops());
      return new Sampling(model, tokenizer, spec.decoding(), ending, alternatives, random);
    }
    Constraints constraints = constraints(spec, prefix);
    Form form = spec.form();
    int mostTokens = form == null ? tokens(length(spec)) : tokens(form);
    if (spec.beam() != null || spec.decoding().temperature() == 0) {
      int width = Optional.ofNullable(spec.beam()).orElse(1);
      return new BeamSearch(model, tokenizer, constraints, width, mostTokens);
    }
    double perSyllable = han().isEmpty() ? LETTERS_PER_SYLLABLE : 1;
    int typicalLength = form == null ? length(spec) : form.typicalLength(perSyllable);
    return new ParticleSearch(
        model, tokenizer, spec.decoding(), constraints, typicalLength, mostTokens, random);
  }

  private static int tokens(int characters) {
    return TOKENS_PER_CHARACTER * (characters + 1);
  }

  private static int tokens(Form form) {
    int given = form.given().stream().mapToInt(String::length).sum();
    return TOKENS_PER_LINE * form.lines() + tokens(given);
  }

  private static int length(WritingSpec spec) {
    return Optional.ofNullable(spec.length()).orElse(0);
  }

  private Constraints constraints(WritingSpec spec, String prefix) {
    List<Constraint> constraints = new ArrayList<>();
    if (!spec.banned().isEmpty()) {
      constraints.add(BannedTexts.after(prefix, spec.banned()));
    }
    if (spec.maxCopy() != null) {
      constraints.add(UncopiedText.after(prefix, filter(spec.maxCopy() + 1)));
    }
    if (!spec.stops().isEmpty()) {
      constraints.add(StopTexts.of(spec.stops()));
    }
    if (!spec.required().isEmpty()) {
      constraints.add(RequiredTexts.after(prefix, spec.required()));
    }
    if (spec.form() != null) {
      constraints.add(verse(spec.form(), prefix));
    } else {
      constraints.add(new Length(length(spec), tokenizer.countsBytes()));
    }
    return new Constraints(constraints);
  }

  private synchronized CopyFilter filter(int length) {
    if (filter == null || filtered != length) {
      filter = CopyFilter.of(trainingText.get(), length);
      filtered = length;
    }
    return filter;
  }

  private Constraint verse(Form form, String prefix) {
    Verse verse = new Verse(form, this::phonetics, this::english, lineEnd);
    requireRhymes(form, verse);
    Constraint begun = verse.begin().after(prefix);
    if (begun == null) {
      throw InvalidInputException.ofKey(
          "prefix",
          "'%s' can't begin a text with this %s".formatted(Excerpt.of(prefix), form.name()),
          "give another one, or leave it out");
    }
    return begun;
  }

  /** Checks that enough lines can rhyme, where tokens are what lines end in. */
  private void requireRhymes(Form form, Verse verse) {
    int needed = form.longestRhyme();
    if (needed < 2 || SUBWORDS.contains(tokenizer.kind())) {
      return;
    }
    int most = verse.mostRhyming(han());
    if (most < needed) {
      most = Math.max(most, verse.mostRhymingWords()); // whose dictionary is read but where it must
    }
    if (most < needed) {
      throw InvalidInputException.ofKey(
          "rhyme",
          "%d lines are to rhyme, and of all that the model can write %d do at most"
              .formatted(needed, most),
          "wish for fewer");
    }
  }

  /** Whether a word of the dictionary, which has small letters alone, can be written. */
  private boolean canWrite(String word) {
    return tokenizer.knows(word)
        || tokenizer.knows(Character.toUpperCase(word.charAt(0)) + word.substring(1));
  }

  private synchronized Phonetics phonetics() {
    if (phonetics == null) {
      phonetics = phoneticsSource.get(); // dictionaries, which are read but once
    }
    return phonetics;
  }

  private synchronized EnglishWords english() {
    if (english == null) {
      english = new EnglishWords(phonetics(), this::canWrite);
    }
    return english;
  }

  private void requireKnown(WritingSpec spec) {
    for (String text : spec.required()) {
      requireKnown("require", text);
    }
    if (spec.form() != null) {
      spec.form().acrostic().forEach(initial -> requireKnown("acrostic", initial));
      spec.form().given().forEach(this::requireLine);
    }
  }

  private void requireLine(String given) {
    requireKnown("given", given);
    if (given.indexOf(lineEnd) >= 0) {
      throw InvalidInputException.ofKey(
          "given", "'%s' is not one line".formatted(Excerpt.of(given)), "give each line alone");
    }
  }

  private void requireKnown(String key, String text) {
    if (!tokenizer.knows(text)) {
      throw InvalidInputException.ofKey(
          key,
          "the model does not know '%s'".formatted(Excerpt.of(tokenizer.unknown(text).get(0))),
          "give what stands in the text that it was trained on");
    }
  }

  /** The Han characters that are tokens, or in one. */
  private Set<String> han() {
    return IntStream.range(0, tokenizer.size())
        .mapToObj(tokenizer::text)
        .flatMap(Characters::han)
        .collect(Collectors.toSet());
  }
}
