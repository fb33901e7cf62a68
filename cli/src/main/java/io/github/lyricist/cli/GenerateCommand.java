package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.ModelBeginning;
import io.github.lyricist.experiment.ResultJson;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.DecodingSpec;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

  @Mixin private ModelOptions options = new ModelOptions();

  @Mixin private PrefixOptions prefix = new PrefixOptions();

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters after the prefix. Default: ${DEFAULT-VALUE}.")
  private int length = 200;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Lower is more predictable; 0 always takes the likeliest. Default: ${DEFAULT-VALUE}.")
  private double temperature = 1;

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
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Above 1, characters that the text has already become less likely.")
  private double repetitionPenalty = 1;

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

  GenerateCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    try {
      requireAtLeast(0, "length", length);
      requireAtLeast(1, "count", count);
      DecodingSpec decoding = new DecodingSpec(temperature, topK, topP, repetitionPenalty);
      long chosenSeed = chosenSeed();
      ExperimentSpec experiment = options.experiment();
      try (TrainedModel model = options.open(experiment, backends.get())) {
        model.notices().forEach(this::notice);
        String start = prefix.read(model.tokenizer(), this::notice);
        if (start == null) {
          start = beginning(experiment, model.tokenizer(), chosenSeed);
        }
        write(model, decoding, start, chosenSeed);
      } catch (CancellationException e) {
        // Nobody reads on; what that means for the exit code, Main knows.
      }
      return LyricistCommand.DONE;
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> "--" + key);
    }
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

  private void write(TrainedModel model, DecodingSpec decoding, String start, long seed) {
    boolean separated = count > 1 && model.tokenizer().knows("\n");
    for (int first = 0; first < count; first += Generator.SIDE_BY_SIDE) {
      int texts = Math.min(Generator.SIDE_BY_SIDE, count - first);
      List<Decoding> decodings =
          decoding.begin(new RandomStreams(seed), first, texts, model.tokenizer().size());
      if (json) {
        List<StringBuilder> written = Stream.generate(StringBuilder::new).limit(texts).toList();
        model
            .generator()
            .generate(start, length, decodings, (text, more) -> written.get(text).append(more));
        written.forEach(text -> out.println(ResultJson.of(start, text.toString(), seed)));
        continue;
      }
      try (TextPrinter printer = new TextPrinter(out, start, texts, separated)) {
        model.generator().generate(start, length, decodings, printer);
      }
    }
  }
}
