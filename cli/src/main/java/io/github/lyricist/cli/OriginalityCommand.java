package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.experiment.ResultJson;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.originality.Recitation;
import io.github.lyricist.originality.Recitation.Run;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.run.Previews;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Preview;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code originality}: how much of a text stands in what a model was trained on. */
@Command(
    name = "originality",
    mixinStandardHelpOptions = true,
    description = {
      "Says how much of a text stands in what a model was trained on.",
      "A model that knows its text too well recites it."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} originality runs/first",
      "  ${ROOT-COMMAND-NAME} originality runs/first --text song.txt"
    })
final class OriginalityCommand implements Callable<Integer> {
  private static final int LEAST = 8;
  private static final int SHOWN = 10;

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "RUN_DIR",
      converter = RunPath.class,
      description = "The run directory; 'latest' is the newest of runs/.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path folder;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "The text, as UTF-8. Default: the previews of the last epoch that has some.")
  private @Nullable Path file;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  OriginalityCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Tokenizer tokenizer = SavedModel.open(folder).tokenizer();
    TrainingText learned =
        TrainingText.open(folder, TrainedModel.experimentOf(folder), tokenizer, err::println);
    List<String> texts = file == null ? previews() : List.of(text(file, tokenizer));
    Recitation recitation = new Recitation(texts);
    learned.forEach(recitation::read);
    if (json) {
      out.println(ResultJson.of(recitation, LEAST));
    } else {
      print(recitation);
    }
    return LyricistCommand.DONE;
  }

  private List<String> previews() {
    List<Preview> all = Previews.read(folder);
    if (all.isEmpty()) {
      throw InvalidInputException.at(
          folder.toString(), "the run has no previews", "name a text with --text");
    }
    int last = all.get(all.size() - 1).epoch();
    return all.stream()
        .filter(preview -> preview.epoch() == last)
        .map(preview -> preview.prefix() + preview.text())
        .toList();
  }

  /** With line ends as the model's text has them. */
  private static String text(Path file, Tokenizer tokenizer) {
    byte[] bytes =
        BoundedFile.bytes(file, Limits.CHECKED_TEXT_BYTES, "give a text, or a part of it");
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      text = text.replaceFirst("\\A\\uFEFF", "");
      return tokenizer.knows("\r") ? text : text.replaceAll("\\R", end(tokenizer));
    } catch (CharacterCodingException e) {
      throw InvalidInputException.at(file.toString(), "it is not UTF-8", "convert it");
    }
  }

  private static String end(Tokenizer tokenizer) {
    return tokenizer.knows("\n") ? "\n" : " ";
  }

  private void print(Recitation recitation) {
    List<Run> runs = recitation.runs(LEAST);
    int most = recitation.runs(1).stream().mapToInt(Run::length).max().orElse(0);
    out.printf(
        "%.1f %% of %,d characters stand in the training text, in runs of %d and more; the longest"
            + " has %,d%n",
        100 * recitation.share(LEAST), recitation.characters(), LEAST, most);
    List<Run> longest =
        runs.stream().sorted(Comparator.comparingInt(Run::length).reversed()).limit(SHOWN).toList();
    for (Run run : longest) {
      out.printf(
          "  %,d characters, there from character %,d on: '%s'%n",
          run.length(), run.place() + 1, Excerpt.of(run.text()));
    }
    if (runs.size() > longest.size()) {
      out.printf("  and %,d shorter ones%n", runs.size() - longest.size());
    }
  }
}
