package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.install.Installation;
import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program's outermost command: its help, its version, and how failures become exit codes. */
@Command(
    name = "lyricist",
    description = "Trains character-level recurrent networks on song lyrics, and writes new ones.",
    mixinStandardHelpOptions = true,
    versionProvider = LyricistCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} run configs/random-scratch.yaml",
      "  ${ROOT-COMMAND-NAME} generate latest --prefix 春 --temperature 0.7",
      "  ${ROOT-COMMAND-NAME} run my-songs.txt",
      "  ${ROOT-COMMAND-NAME} help run",
      "",
      "Completion for bash and zsh: source <(${ROOT-COMMAND-NAME} generate-completion)"
    },
    subcommands = {
      RunCommand.class,
      ResumeCommand.class,
      GenerateCommand.class,
      EvalCommand.class,
      OriginalityCommand.class,
      StudioCommand.class,
      CompareCommand.class,
      CompareEngineCommand.class,
      SweepCommand.class,
      TrialCommand.class,
      WorkerCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ReportCommand.class,
      BenchCommand.class,
      BenchEngineCommand.class,
      ValidateCommand.class,
      BackendsCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      InstallCommand.class,
      PackCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
final class LyricistCommand {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int INVALID = 2;
  static final int APART = 3;
  static final int INTERRUPTED = 130;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  /**
   * Carries out a command line, and returns the exit code.
   *
   * @param backends looks for the engines; only the commands that need them ask
   * @param installation looks for what is installed, likewise
   */
  static int execute(
      String[] args,
      PrintStream out,
      PrintStream err,
      Supplier<BackendRegistry> backends,
      Supplier<Installation> installation) {
    LyricistCommand lyricist = new LyricistCommand();
    CommandLine commandLine =
        Converters.register(
                new CommandLine(
                    lyricist, new Commands(out, new VisibleStream(err), backends, installation)))
            .setOut(new PrintWriter(out, true, UTF_8))
            .setErr(new PrintWriter(err, true, UTF_8))
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
            .setHelpFactory(WholeFooter::new)
            .setExpandAtFiles(false) // a text may begin with @
            .setCommandName(commandName(args))
            .setExecutionExceptionHandler((e, command, parsed) -> lyricist.failed(e, err))
            .setParameterExceptionHandler((e, words) -> lyricist.misused(e, words, err));
    try {
      return commandLine.execute(args.length == 0 ? new String[] {"--help"} : args);
    } catch (OutOfMemoryError e) {
      lyricist.report("out of memory; give Java more, as in JAVA_OPTS=-Xmx8g", e, err);
    } catch (LinkageError e) {
      lyricist.report("the installation is damaged (" + e + "); build it again", e, err);
    }
    return FAILED;
  }

  /** As the user called the program; what completes a command line is for it by its plain name. */
  private static String commandName(String... args) {
    boolean completion = args.length > 0 && args[0].equals("generate-completion");
    return completion ? "lyricist" : Launcher.name();
  }

  private static Ansi ansi() {
    boolean plain = !Terminal.isTerminal() || Terminal.noColor();
    return plain ? Ansi.OFF : Ansi.AUTO;
  }

  private int failed(Exception e, PrintStream err) {
    if (e instanceof EngineProcess.FailedException process) {
      return process.exitCode();
    }
    String message = String.valueOf(e.getMessage());
    int exitCode = FAILED;
    if (e instanceof InvalidInputException) {
      exitCode = INVALID;
    } else if (!(e instanceof RunFailedException)) {
      message = "unexpected " + e + "; please report it with the output of --debug";
    }
    report(message, e, err);
    return exitCode;
  }

  private int misused(ParameterException e, String[] arguments, PrintStream err) {
    if (e.getCause() instanceof InvalidInputException invalid) { // a converter's own words
      return failed(invalid, err);
    }
    report(Misuse.of(e, arguments), e, err);
    return INVALID;
  }

  private void report(String message, Throwable e, PrintStream err) {
    err.println("lyricist: " + Excerpt.line(message));
    if (debug) {
      e.printStackTrace(new VisibleStream(err));
    }
  }

  /** Help whose examples can be copied: a line of its footer is never broken into two. */
  private static final class WholeFooter extends Help {
    WholeFooter(CommandSpec command, ColorScheme colors) {
      super(command, colors);
    }

    @Override
    public String footer(Object... params) {
      return Stream.of(commandSpec().usageMessage().footer())
          .map(line -> line + System.lineSeparator())
          .collect(Collectors.joining());
    }
  }

  /** The version, and the commit that was built. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Build build = Build.current();
      return new String[] {"lyricist " + build.version() + " (" + build.commit() + ")"};
    }
  }
}
