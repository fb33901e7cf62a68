package io.github.lyricist.cli;

import static java.util.stream.Collectors.toMap;

import io.github.lyricist.UserPath;
import io.github.lyricist.config.MeantKey;
import io.github.lyricist.config.NearestName;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.tokens.Excerpt;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user is told of a command line that can't be understood: what was meant, perhaps. */
final class Misuse {
  /** What other programs call our commands. */
  private static final Map<String, String> COMMANDS =
      byName(
          Map.of(
              "run", List.of("train", "fit", "start", "learn"),
              "generate", List.of("sample", "write", "complete", "predict"),
              "eval", List.of("evaluate", "test", "score", "perplexity"),
              "resume", List.of("continue", "restart"),
              "backends", List.of("engines", "devices", "info"),
              "validate", List.of("check", "lint"),
              "list", List.of("ls", "runs", "dir"),
              "show", List.of("describe", "inspect", "cat"),
              "bench", List.of("benchmark", "speed"),
              "report", List.of("plot", "curves", "html")));

  /** What other programs call our options, in the form of {@link MeantKey#plain}. */
  private static final Map<String, String> OPTIONS =
      byName(
          Map.of(
              "--prefix", List.of("prompt", "p", "primetext", "prime", "seedtext", "start", "text"),
              "--length",
                  List.of("n", "npredict", "maxtokens", "maxnewtokens", "words", "maxgenlength"),
              "--temperature", List.of("temp", "t"),
              "--repetition-penalty", List.of("repeatpenalty", "frequencypenalty"),
              "--count", List.of("numsamples", "numreturnsequences"),
              "--device", List.of("gpu", "gpuid", "cuda"),
              "--threads", List.of("j", "numthreads", "nthreads"),
              "--out", List.of("o", "output", "outdir", "checkpointdir", "save", "savedir"),
              "--corpus", List.of("data", "datadir", "inputtxt", "file"),
              "--epochs", List.of("numepochs", "maxepochs", "nepochs")));

  private Misuse() {}

  private static Map<String, String> byName(Map<String, List<String>> others) {
    return others.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(other -> Map.entry(other, entry.getKey())))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * One line: what is wrong, and what to do.
   *
   * @param arguments the whole command line
   */
  static String of(ParameterException e, String... arguments) {
    CommandLine command = e.getCommandLine();
    String help = "see " + command.getCommandSpec().qualifiedName() + " --help";
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return shown(String.valueOf(e.getMessage()), arguments).replaceFirst("\\.$", "")
          + "; "
          + help;
    }
    String first = unmatched.getUnmatched().get(0);
    String name = first.startsWith("-") ? first.replaceFirst("=.*", "") : first;
    String excerpt = "'" + Excerpt.of(name) + "'";
    if (unmatched.isUnknownOption()) {
      return "there is no option " + excerpt + "; " + option(command, name).orElse(help);
    }
    return command.getParent() == null
        ? "there is no command " + excerpt + "; " + command(command, first).orElse(help)
        : excerpt + " is one argument too many; quote what has spaces, or " + help;
  }

  /** The values that picocli quotes, as other texts are shown. */
  private static String shown(String message, String... arguments) {
    String shown = message;
    for (String argument : arguments) {
      String value = argument.substring(argument.startsWith("--") ? argument.indexOf('=') + 1 : 0);
      shown = shown.replace(value, Excerpt.of(value));
    }
    return shown;
  }

  private static Optional<String> option(CommandLine command, String name) {
    List<String> names =
        command.getCommandSpec().options().stream()
            .flatMap(option -> Stream.of(option.names()))
            .toList();
    String plain = MeantKey.plain(name);
    Optional<String> spelt = names.stream().filter(n -> MeantKey.plain(n).equals(plain)).findAny();
    Optional<String> other = Optional.ofNullable(OPTIONS.get(plain)).filter(names::contains);
    Optional<String> key =
        MeantKey.of(name)
            .filter(path -> names.contains("--set"))
            .map(path -> "write --set " + path + "=…");
    return spelt
        .or(() -> other)
        .map(Misuse::didYouMean)
        .or(() -> key)
        .or(() -> NearestName.of(name, names).map(Misuse::didYouMean));
  }

  private static Optional<String> command(CommandLine program, String word) {
    if (OwnText.isConfig(word) || isThere(word)) {
      return Optional.of(didYouMean(Launcher.command("run", word)));
    }
    List<String> names =
        program.getSubcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    return Optional.ofNullable(COMMANDS.get(MeantKey.plain(word)))
        .or(() -> NearestName.of(word, names))
        .map(Misuse::didYouMean);
  }

  private static boolean isThere(String path) {
    try {
      return Files.isRegularFile(UserPath.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String didYouMean(String name) {
    return "did you mean '" + name + "'?";
  }
}
