package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.onnx.OnnxModel;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: writes a model for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a model for other programs, such as ONNX Runtime, in a browser, too.",
    footer = {
      "",
      "Example:",
      "  ${ROOT-COMMAND-NAME} export runs/first --format onnx --out first.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  private static final String ONNX = "onnx";

  private final PrintStream err;

  @Parameters(
      paramLabel = "RUN_DIR",
      converter = RunPath.class,
      description =
          "The run directory, or the model.safetensors of one; 'latest' is the newest of runs/.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path model;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "What to write: " + ONNX + ".")
  private String format = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file.")
  private Path file = Path.of("");

  ExportCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() {
    if (!format.equals(ONNX)) {
      throw InvalidInputException.at(
          "--format", "found '" + Excerpt.of(format) + "'", "expected " + ONNX);
    }
    SavedModel saved = SavedModel.open(model);
    OnnxModel.write(file, saved);
    err.printf(
        "exported as %s: %s, %,d tokens, to %s%n",
        format, saved.spec(), saved.tokenizer().size(), file);
    return LyricistCommand.DONE;
  }
}
