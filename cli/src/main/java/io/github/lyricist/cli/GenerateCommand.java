package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.experiment.ModelBeginning;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Continuations;
import io.github.lyricist.generation.Continuations.Reach;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.generation.Search;
import io.github.lyricist.install.Installation;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.writing.Writer;
import io.github.lyricist.writing.WritingSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate}: writes text with a trained model. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes text with a trained model, to standard output.",
      "The same seed gives the same text."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} generate runs/first --prefix 分开 --length 100",
      "  ${ROOT-COMMAND-NAME} generate runs/first --prefix 春 --temperature 0.7 --count 5",
      "  ${ROOT-COMMAND-NAME} generate runs/first --seed random",
      "  tail -n 3 draft.txt | ${ROOT-COMMAND-NAME} generate runs/first --prefix -"
    })
final class GenerateCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;
  private final Supplier<Installation> installation;

  @Mixin private ModelOptions options = new ModelOptions();

  @Mixin private PrefixOptions prefix = new PrefixOptions();

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  @Mixin private WishOptions wishes = new WishOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Chooses another text; random draws one, and tells it on standard error. Default:"
              + " ${DEFAULT-VALUE}.")
  private String seed = "1";

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "How many texts, each on its own line; where they have line ends themselves, a line ---"
              + " follows each. Default: ${DEFAULT-VALUE}.")
  private int count = 1;

  @Option(names = "--json", description = "Each text as one JSON object on a line, for programs.")
  private boolean json;

  @Option(
      names = "--interactive",
      description = "Write together: keys take the likeliest ways to go on, edit and undo.")
  private boolean interactive;

  GenerateCommand(
      PrintStream out,
      PrintStream err,
      Supplier<BackendRegistry> backends,
      Supplier<Installation> installation) {
    this.out = out;
    this.err = err;
    this.backends = backends;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    try {
      requireAtLeast(1, "count", count);
      WritingSpec spec = wishes.spec(decoding);
      long chosenSeed = chosenSeed();
      ExperimentSpec experiment = options.experiment();
      try (TrainedModel model = options.open(experiment, backends.get())) {
        model.notices().forEach(this::notice);
        if (interactive) {
          writeTogether(model, writer(model, experiment), spec);
        } else {
          write(model, experiment, spec, chosenSeed);
        }
      } catch (CancellationException e) {
        // Nobody reads on; what that means for the exit code, Main knows.
      }
      return LyricistCommand.DONE;
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> "--" + key);
    }
  }

  private Writer writer(TrainedModel model, @Nullable ExperimentSpec experiment) {
    Tokenizer tokenizer = model.tokenizer();
    return new Writer(
        model.model(),
        tokenizer,
        experiment == null ? Newlines.KEEP : experiment.corpus().newlines(),
        () -> InstalledPhonetics.of(installation.get()),
        () -> TrainingText.open(options.model(), experiment, tokenizer, this::notice));
  }

  private void writeTogether(TrainedModel model, Writer writer, WritingSpec spec) {
    if (json || count > 1 || !spec.isFree() || spec.beam() != null) {
      throw InvalidInputException.ofKey(
          "interactive", "you write this text yourself", "leave the wishes out");
    }
    String given = prefix.read(model.tokenizer(), this::notice);
    Continuations ways = new Continuations(model.model(), model.tokenizer());
    try (org.jline.terminal.Terminal terminal = WritingDesk.terminal()) {
      WritingDesk desk =
          new WritingDesk(
              terminal,
              model.tokenizer(),
              text -> ways.after(text, WritingDesk.WAYS, Reach.WORD),
              writer.opening(),
              given == null ? "" : given);
      out.println(desk.write());
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal", e);
    }
  }

  private void write(
      TrainedModel model, @Nullable ExperimentSpec experiment, WritingSpec spec, long chosenSeed) {
    Tokenizer tokenizer = model.tokenizer();
    Writer writer = writer(model, experiment);
    String given = prefix.read(tokenizer, this::notice);
    String opening = spec.form() == null ? "" : writer.opening();
    String start = given;
    if (start == null) {
      start = opening.isEmpty() ? beginning(experiment, tokenizer, chosenSeed) : "";
    }
    RandomStreams random = new RandomStreams(chosenSeed);
    Search search =
        writer.search(
            spec,
            start,
            json ? 0 : Sampling.TEXT_ALONE,
            text -> random.stream(Purpose.GENERATION, (long) text));
    search.write(opening + start, count, reader(spec, writer, start, chosenSeed));
  }

  private Search.Reader reader(WritingSpec spec, Writer writer, String start, long chosenSeed) {
    if (json) {
      return new JsonPrinter(out, start, chosenSeed);
    }
    boolean hasLines = spec.form() != null;
    return new TextPrinter(
        out,
        start,
        hasLines ? writer::inLines : UnaryOperator.identity(),
        count > 1 && (hasLines || writer.lineEnd() == '\n'));
  }

  private void notice(String message) {
    if (!options.isQuiet()) {
      err.println(message);
    }
  }

  private static void requireAtLeast(int least, String key, int value) {
    if (value < least) {
      throw InvalidInputException.ofKey(key, "found " + value, "expected " + least + " or more");
    }
  }

  private long chosenSeed() {
    if (seed.equals("random")) {
      long drawn = RandomStreams.anySeed();
      notice("seed " + drawn);
      return drawn;
    }
    try {
      return Long.parseLong(seed);
    } catch (NumberFormatException e) {
      throw InvalidInputException.ofKey(
          "seed", "found '" + Excerpt.of(seed) + "'", "expected a whole number, or random");
    }
  }

  private String beginning(@Nullable ExperimentSpec experiment, Tokenizer tokenizer, long seed) {
    ModelBeginning own =
        ModelBeginning.of(options.model(), experiment, tokenizer, new RandomStreams(seed));
    notice("no --prefix: it begins with '%s', %s".formatted(own.prefix(), own.reason()));
    return own.prefix();
  }
}
