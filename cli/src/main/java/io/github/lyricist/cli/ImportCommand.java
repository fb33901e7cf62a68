package io.github.lyricist.cli;

import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.interchange.Input;
import io.github.lyricist.interchange.TorchImport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: makes a run directory of a PyTorch model. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Makes a run directory of a PyTorch model, to write with it or to train it on.",
    footer = {
      "",
      "FILE holds a state dict: nn.Embedding or one-hot vectors, then nn.RNN, nn.GRU",
      "or nn.LSTM, then nn.Linear. VOCABULARY is JSON: a list of the characters or",
      "words in the order of their ids, or an object of ids by token, or of tokens by",
      "id; for bpe a tokenizer.json of Hugging Face's; bytes need none.",
      "",
      "Example:",
      "  ${ROOT-COMMAND-NAME} import model.safetensors \\",
      "      --vocabulary idx_to_char.json --out runs/imported"
    })
final class ImportCommand implements Callable<Integer> {
  private final PrintStream err;

  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  private Path stateDict = Path.of("");

  @Option(
      names = "--vocabulary",
      paramLabel = "VOCABULARY",
      description = "A JSON file: which token each id is.")
  private @Nullable Path vocabulary;

  @Option(
      names = "--tokens",
      paramLabel = "TOKENS",
      description = "What its tokens are: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Tokens tokens = Tokens.CHARACTER;

  @Option(
      names = "--input",
      paramLabel = "INPUT",
      description = "What the model reads, where V = H leaves it open: ${COMPLETION-CANDIDATES}.")
  private @Nullable Input input;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The run directory; new or empty.")
  private Path folder = Path.of("");

  ImportCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() {
    TorchImport model = TorchImport.into(folder, stateDict, vocabulary, tokens, input);
    err.printf(
        "imported: %s, %,d parameters, %,d %ss; the weights are in %s%n",
        model.spec(),
        model.parameters().count(),
        model.tokenizer().size(),
        tokens == Tokens.BPE ? "subword" : tokens,
        folder.resolve("model.safetensors"));
    return LyricistCommand.DONE;
  }
}
