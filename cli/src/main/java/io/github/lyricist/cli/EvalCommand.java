package io.github.lyricist.cli;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.experiment.EvaluationText;
import io.github.lyricist.experiment.EvaluationText.Part;
import io.github.lyricist.experiment.ResultJson;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.model.Evaluation;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eval}: how well a trained model predicts a text. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Says how well a trained model predicts a text.",
      "The text is read from beginning to end, the state carried through it."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} eval runs/first",
      "  ${ROOT-COMMAND-NAME} eval runs/first --corpus other.txt --backend djl"
    })
final class EvalCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--corpus",
      paramLabel = "SOURCE",
      description =
          "The text: a file as corpus.source takes it. Default: the run's own, and of that the part"
              + " that was held out, if there is one.")
  private @Nullable String source;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "A part of the run's own text: train, validation or test.")
  private @Nullable Part part;

  @Option(
      names = "--skip-unknown",
      description =
          "Score the text also where the model does not know most of it; what it does not know is"
              + " left out in any case, or taken for <unk>.")
  private boolean skipUnknown;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  EvalCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    ExperimentSpec experiment = options.experiment();
    try (TrainedModel model = options.open(experiment, backends.get())) {
      model.notices().forEach(this::notice);
      EvaluationText text =
          EvaluationText.read(
              source, part, experiment, model.tokenizer(), skipUnknown, this::notice);
      Evaluation evaluation = model.evaluate(text.corpus());
      if (json) {
        out.println(ResultJson.of(evaluation, text));
        return LyricistCommand.DONE;
      }
      long characters = text.charactersOf(evaluation);
      out.printf(
          "perplexity %s, %.6f bits per character, %d characters%s%n",
          ProgressPrinter.number(evaluation.perplexity()),
          evaluation.bitsPerCharacter(text.corpus().charactersPerToken()),
          characters,
          characters == evaluation.predictions()
              ? ""
              : " in %d tokens".formatted(evaluation.predictions()));
      out.println("scored: " + text.part());
      UnknownText unknown = text.unknown();
      if (unknown != null) {
        out.println(unknown.sentence());
      }
      return LyricistCommand.DONE;
    }
  }

  private void notice(String message) {
    if (!options.isQuiet()) {
      err.println(message);
    }
  }
}
