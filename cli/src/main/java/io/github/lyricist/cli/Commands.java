package io.github.lyricist.cli;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.install.Installation;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands them the streams to print to and the engines. */
final class Commands implements IFactory {
  private final Map<Class<?>, Supplier<Object>> commands;

  /**
   * @param stdout for what is read by programs as it is
   */
  Commands(
      PrintStream stdout,
      PrintStream err,
      Supplier<BackendRegistry> backends,
      Supplier<Installation> installation) {
    PrintStream out = new VisibleStream(stdout);
    PrintStream text = Terminal.isOutput() ? out : stdout;
    this.commands =
        Map.ofEntries(
            Map.entry(RunCommand.class, () -> new RunCommand(out, err, backends, installation)),
            Map.entry(
                ResumeCommand.class, () -> new ResumeCommand(out, err, backends, installation)),
            Map.entry(
                GenerateCommand.class,
                () -> new GenerateCommand(text, err, backends, installation)),
            Map.entry(EvalCommand.class, () -> new EvalCommand(out, err, backends)),
            Map.entry(OriginalityCommand.class, () -> new OriginalityCommand(out, err)),
            Map.entry(
                StudioCommand.class, () -> new StudioCommand(out, err, backends, installation)),
            Map.entry(BenchCommand.class, () -> new BenchCommand(out, err, backends)),
            Map.entry(BenchEngineCommand.class, () -> new BenchEngineCommand(out, backends)),
            Map.entry(
                CompareEngineCommand.class, () -> new CompareEngineCommand(out, err, backends)),
            Map.entry(CompareCommand.class, () -> new CompareCommand(out, err, backends)),
            Map.entry(SweepCommand.class, () -> new SweepCommand(out, err, installation)),
            Map.entry(TrialCommand.class, () -> new TrialCommand(out, err, backends)),
            Map.entry(WorkerCommand.class, () -> new WorkerCommand(backends)),
            Map.entry(ListCommand.class, () -> new ListCommand(out, err)),
            Map.entry(ShowCommand.class, () -> new ShowCommand(out)),
            Map.entry(ReportCommand.class, () -> new ReportCommand(out, err)),
            Map.entry(ValidateCommand.class, () -> new ValidateCommand(out, err, backends)),
            Map.entry(InstallCommand.class, () -> new InstallCommand(err, installation)),
            Map.entry(PackCommand.class, () -> new PackCommand(err, installation)),
            Map.entry(ImportCommand.class, () -> new ImportCommand(err)),
            Map.entry(ExportCommand.class, () -> new ExportCommand(err)),
            Map.entry(BackendsCommand.class, () -> new BackendsCommand(out, backends)));
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Supplier<Object> command = commands.get(type);
    return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command.get());
  }
}
