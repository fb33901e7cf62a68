package io.github.lyricist.cli;

import io.github.lyricist.Bytes;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.report.RunCard;
import io.github.lyricist.report.RunJson;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.training.EpochResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: what a run is. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Says what a run is, how far it came, and what can be done with it.",
    footer = {"", "Examples:", "  ${ROOT-COMMAND-NAME} show latest"})
final class ShowCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(
      paramLabel = "RUN_DIR",
      converter = RunPath.class,
      description = "The run directory; 'latest' is the newest of runs/.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path folder;

  @Option(names = "--json", description = "Prints JSON, one object.")
  private boolean json;

  ShowCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    RunCard card = RunCard.read(folder);
    if (json) {
      out.println(RunJson.of(card));
    } else {
      print(card);
    }
    return LyricistCommand.DONE;
  }

  private void print(RunCard card) {
    StoredRun run = card.run();
    line("run", "%s, %s".formatted(run.folder(), run.isImported() ? "imported" : run.status()));
    line("began", ListCommand.began(run));
    line("model", "%s; %,d parameters".formatted(describe(card.model()), card.parameters()));
    line("vocabulary", "%,d tokens: %s".formatted(card.vocabulary(), card.tokens()));
    Map<String, @Nullable String> provenance = run.provenance();
    if (run.isImported()) {
      line("imported from", provenance.get("imported.weights.file"));
    } else {
      line(
          "text",
          "%s, %s characters"
              .formatted(provenance.get("corpus.source"), provenance.get("corpus.characters")));
      line(
          "engine",
          "%s on %s, %s threads"
              .formatted(
                  provenance.get("backend"), provenance.get("device"), provenance.get("threads")));
      printEpochs(run);
    }
    card.bytes().forEach((file, bytes) -> line(file, Bytes.text(bytes)));
    line("in all", Bytes.text(card.bytesInAll()));
    out.println();
    NextCommands.of(run).forEach((purpose, command) -> line(purpose + ":", command));
  }

  private void printEpochs(StoredRun run) {
    line(
        "epochs",
        "%d of %s, %.2f sec".formatted(run.epochsDone(), run.epochsInAll(), run.seconds()));
    EpochResult last = run.last();
    if (last != null) {
      line("perplexity", ProgressPrinter.told(last.perplexity()) + " in the last epoch");
    }
    EpochResult best = run.bestByValidation();
    Double validation = best == null ? null : best.validationPerplexity();
    if (best != null && validation != null) {
      line(
          "best validation",
          "%s in epoch %d".formatted(ProgressPrinter.told(validation), best.epoch()));
    }
  }

  private static String describe(ModelSpec model) {
    String input = "one-hot input";
    if (model.embedding() != null) {
      input = "embedding of %,d%s".formatted(model.embedding(), model.tieWeights() ? ", tied" : "");
    }
    return "%s, %,d hidden units, %d %s, %s"
        .formatted(
            model.cell().name(),
            model.hidden(),
            model.layers(),
            model.layers() == 1 ? "layer" : "layers",
            input);
  }

  private void line(String name, @Nullable String value) {
    out.printf("%-24s%s%n", name, value);
  }
}
